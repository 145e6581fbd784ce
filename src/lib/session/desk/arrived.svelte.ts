import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Change } from '#lib/domain/change.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Database, SettledRow } from '#lib/store/database.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import type { SettledItem, Shown } from './item.ts';

/** So many of them are shown. */
const most = 50;

/**
 * What has arrived of a person's changes, newest first, kept up to date for as long as somebody looks: of what arrives
 * there are many rows, and nothing else asks for them.
 */
export class Arrived {
  readonly #rows: LiveQuery<readonly SettledRow[] | undefined>;
  readonly #shown: Shown;

  constructor(db: Database, account: AccountId, shown: Shown) {
    this.#shown = shown;
    this.#rows = new LiveQuery<readonly SettledRow[] | undefined>(
      () => newestOf(db, account),
      undefined,
      undefined,
      { rests: true }
    );
  }

  /** Undefined until it has been looked. */
  readonly items: readonly SettledItem[] | undefined = $derived.by(() =>
    this.#rows.current?.flatMap((row): readonly SettledItem[] => {
      const { actor, name, page, on } = row;
      if (name === 'page.edit') return page ? [{ ...this.#shown(row, { page }), on }] : [];
      const text = new TextDecoder().decode(fromBase64Url(row.payload));
      return [{ ...this.#shown(row, { actor, name, args: JSON.parse(text) as Change['args'] }), on }];
    })
  );

  close(): void {
    this.#rows.close();
  }
}

async function newestOf(db: Database, account: AccountId): Promise<readonly SettledRow[]> {
  const rows = await db.settled.where('actor').equals(account).toArray();
  return rows.sort((one, other) => other.on.localeCompare(one.on)).slice(0, most);
}

import type { AccountId } from '#lib/domain/ids.ts';
import type { ChangeStore, LoggedChange } from '#relay/storage/change-store.ts';

/** Changes looked through at a time. */
const batch = 500;

/** The changes that an account made or that name it, as far as the log was looked through. */
export interface ChangesAbout {
  /** The last change that was looked at. */
  readonly upTo: number;
  /** What is looked for in their payloads: ids, and where it is said who wrote in a page (FA9) or whose it is (ON8), displays. */
  readonly names: readonly string[];
  readonly displays: readonly string[];
  /** Their sequence numbers. */
  readonly found: readonly number[];
}

/**
 * ER5: every change that the account made, and every one whose payload has one of these ids. ER10: looked for once before
 * the lock is taken, and under it only in what came since, unless there is another id to look for.
 *
 * @param before what was found before
 */
export async function changesAbout(
  changes: Pick<ChangeStore, 'after'>,
  account: AccountId,
  { names, displays }: Pick<ChangesAbout, 'names' | 'displays'>,
  before?: ChangesAbout
): Promise<ChangesAbout> {
  const known =
    names.every((name) => before?.names.includes(name)) &&
    displays.every((name) => before?.displays.includes(name));
  const goesOn = known ? before : undefined;
  // As they stand in JSON; behind them the number of a namesake may follow.
  const plain = displays.map((display) => JSON.stringify(display).slice(0, -1));
  // ON8: or behind a title.
  const said = [...plain, ...plain.map((display) => ` · ${display.slice(1)}`)];
  const found = [...(goesOn?.found ?? [])];
  for (let from = goesOn?.upTo ?? 0; ;) {
    const rows = await changes.after(from, batch);
    const last = rows.at(-1);
    if (!last) return { upTo: from, names, displays, found };
    from = last.seq;
    for (const row of rows) {
      const calls = row.name === 'page.create' || row.name === 'page.rename';
      if (isAbout(row, account, calls ? [...names, ...said] : names)) found.push(row.seq);
    }
  }
}

function isAbout({ actor, payload }: LoggedChange, account: AccountId, names: readonly string[]): boolean {
  if (payload === '') return false;
  if (actor === account) return true;
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  return names.some((name) => text.includes(name));
}

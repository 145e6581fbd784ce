import type { AccountId } from '#lib/domain/ids.ts';
import type { ChangeStore, LoggedChange } from '#relay/storage/change-store.ts';

/** Changes looked through at a time. */
const batch = 500;

/** The changes that an account made or that name it, as far as the log was looked through. */
export interface ChangesAbout {
  /** The last change that was looked at. */
  readonly upTo: number;
  /** What is looked for in their payloads: ids. */
  readonly names: readonly string[];
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
  names: readonly string[],
  before?: ChangesAbout
): Promise<ChangesAbout> {
  const goesOn = before && names.every((name) => before.names.includes(name)) ? before : undefined;
  const found = [...(goesOn?.found ?? [])];
  for (let from = goesOn?.upTo ?? 0; ;) {
    const rows = await changes.after(from, batch);
    const last = rows.at(-1);
    if (!last) return { upTo: from, names, found };
    from = last.seq;
    for (const row of rows) if (isAbout(row, account, names)) found.push(row.seq);
  }
}

function isAbout({ actor, payload }: LoggedChange, account: AccountId, names: readonly string[]): boolean {
  if (payload === '') return false;
  if (actor === account) return true;
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  return names.some((name) => text.includes(name));
}

import type { AccountId, PageId } from '#lib/domain/ids.ts';
import type { Database, OutboxRow, TrayRow, WritingRow } from './database.ts';
import type { NewRow } from './outbox.ts';

/** What somebody typed in one page under one clientID, unsigned, in order. */
export interface Unsigned extends Pick<WritingRow, 'space' | 'page' | 'client' | 'account'> {
  readonly rows: readonly WritingRow[];
}

/** WR1: what was just typed is on this device. */
export async function keepWriting(db: Database, row: Omit<WritingRow, 'seq'>): Promise<void> {
  await db.writings.add(row);
}

/** WR1: what this account has typed here that is not signed yet, by page and clientID. */
export async function unsignedOf(db: Database, account: AccountId): Promise<readonly Unsigned[]> {
  const rows = await db.writings.where('account').equals(account).sortBy('seq');
  const bundles = new Map<string, Unsigned>();
  for (const row of rows) {
    const name = `${row.page}/${row.client}`;
    bundles.set(name, { ...row, rows: [...(bundles.get(name)?.rows ?? []), row] });
  }
  return [...bundles.values()];
}

/** Who has typed something here that is not signed yet. */
export async function unsignedWriters(db: Database): Promise<ReadonlySet<AccountId>> {
  return new Set((await db.writings.toArray()).map(({ account }) => account));
}

/** WR1: in how many pages somebody but this account has typed something that is not signed yet, each for each writer. */
export async function unsignedOfOthers(db: Database, account: AccountId): Promise<number> {
  return pagesTyped(await db.writings.where('account').notEqual(account).toArray());
}

/** In how many pages these were typed, each for each writer. */
export function pagesTyped(rows: readonly WritingRow[]): number {
  return new Set(rows.map(({ page, account }) => `${page}/${account}`)).size;
}

/** The edits of a page that wait on this device, or were accepted and are not in its text yet, in order. */
export async function editsOf(db: Database, page: PageId): Promise<readonly OutboxRow[]> {
  return db.outbox.where('page').equals(page).sortBy('seq');
}

/** What is only in memory or typed, and becomes an edit. */
export interface QueuedEdit {
  readonly row: NewRow;
  /** What was typed, and is in it. */
  readonly typed: readonly WritingRow[];
  /** WR3: the edit whose place it takes: the last of its page, of which no copy is anywhere else. */
  readonly instead?: OutboxRow | undefined;
  /** The edit that is the last one of its page here; it comes after that one. */
  readonly last?: OutboxRow | undefined;
  /** WR6: what of the tray it does anew, and what of that stays there. */
  readonly anew?: { readonly row: TrayRow; readonly left: string } | undefined;
}

/**
 * WR3: keeps a signed edit, in place of what it was made of, all in one.
 *
 * @returns whether it is kept: not where the page has other edits meanwhile than it was made for
 */
export async function queueEdit(
  db: Database,
  { row, typed, instead, last, anew }: QueuedEdit
): Promise<boolean> {
  const since = new Date().toISOString();
  return db.transaction('rw', db.outbox, db.writings, db.tray, async () => {
    const { page } = row;
    const there = await db.writings.bulkGet(typed.map(({ seq }) => seq));
    // Another tab of this person has signed it.
    if (there.includes(undefined)) return true;
    const now = page && (await db.outbox.where('page').equals(page).sortBy('seq')).at(-1);
    if (now?.id !== last?.id) return false;
    if (instead && (now?.onlyHere !== true || now.id !== instead.id)) return false;
    // Another tab has done it anew.
    if (anew && !(await db.tray.get(anew.row.id))) return true;
    if (anew?.left) await db.tray.update(anew.row.id, { left: anew.left });
    else if (anew) await db.tray.delete(anew.row.id);
    const state = { is: 'waiting' } as const;
    if (instead)
      await db.outbox.put({ ...row, seq: instead.seq, since: instead.since, state, onlyHere: true });
    else await db.outbox.add({ ...row, since, state, onlyHere: true });
    await db.writings.bulkDelete(typed.map(({ seq }) => seq));
    return true;
  });
}

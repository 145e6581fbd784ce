import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import type { Draft, DraftPlace } from '#lib/domain/records.ts';
import type { Database, DraftRow, OutboxRow } from './database.ts';
import { payloadText } from './payload-text.ts';

/** Where a draft lies on this device. */
export type DraftAt = [AccountId, SpaceId, DraftPlace];

/** One name for it. */
export function draftName({ account, space, place }: Pick<DraftRow, 'account' | 'space' | 'place'>): string {
  return `${account}/${space}/${place}`;
}

/** Whether the relay has not this text, nor is it on its way there. */
export function isUnparked({ text, parked = '' }: Pick<DraftRow, 'text' | 'parked'>): boolean {
  return text !== parked;
}

/** Keeps what has been written so far; what the relay knows of it stays as it was. */
export async function keepDraft(db: Database, at: DraftAt, text: string, on: CalendarDate): Promise<void> {
  const [account, space, place] = at;
  await db.transaction('rw', db.drafts, async () => {
    const before = await db.drafts.get(at);
    if (!before && text === '') return;
    const row = { ...before, account, space, place, text, on };
    if (text === '' && !isUnparked(row)) await db.drafts.delete(at);
    else await db.drafts.put(row);
  });
}

/** The drafts of an account of which the relay does not know as they are. */
export async function unparkedDrafts(db: Database, account: AccountId): Promise<readonly DraftRow[]> {
  return db.drafts.where('account').equals(account).filter(isUnparked).toArray();
}

/**
 * The drafts that are on their way to the relay: a report that is asked for before they are there does not know them.
 */
export async function parking(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.outbox.where('name').equals('draft.keep').toArray();
  return new Set(rows.flatMap(waitingDraft));
}

/**
 * DR1: makes the drafts on this device agree with the relay's report. One that was changed here since the relay heard
 * of it stays as it is here; else the relay's counts, which may have come from another device.
 *
 * @param before the drafts that were on their way when the report was asked for
 */
export async function takeDrafts(
  db: Database,
  accounts: readonly AccountId[],
  told: readonly Draft[],
  before: ReadonlySet<string>
): Promise<void> {
  await db.transaction('rw', db.drafts, db.outbox, async () => {
    const rows = await db.drafts.toArray();
    const onTheirWay = new Set([...before, ...(await parking(db))]);
    const { put, gone } = agreed(rows, new Set(accounts), told, onTheirWay);
    await db.drafts.bulkDelete(gone.map(({ account, space, place }): DraftAt => [account, space, place]));
    await db.drafts.bulkPut([...put]);
  });
}

/** What is to be written and what is to go, for `takeDrafts`. */
export function agreed(
  rows: readonly DraftRow[],
  accounts: ReadonlySet<AccountId>,
  told: readonly Draft[],
  onTheirWay: ReadonlySet<string>
): { readonly put: readonly DraftRow[]; readonly gone: readonly DraftRow[] } {
  const here = new Map(rows.map((row) => [draftName(row), row]));
  const there = new Set(told.map(draftName));
  const settled = (row: DraftRow): boolean => !isUnparked(row) && !onTheirWay.has(draftName(row));
  const put = told
    .filter((draft) => accounts.has(draft.account))
    .filter((draft) => {
      const row = here.get(draftName(draft));
      if (!row) return !onTheirWay.has(draftName(draft));
      return settled(row) && row.text !== draft.text;
    })
    .map((draft) => ({ ...draft, parked: draft.text }));
  const gone = rows.filter(
    (row) => settled(row) && (!there.has(draftName(row)) || !accounts.has(row.account))
  );
  return { put, gone };
}

/** The draft that a waiting `draft.keep` brings, by its name; none, where its payload is spoiled. */
export function waitingDraft({
  actor,
  space,
  signed
}: Pick<OutboxRow, 'actor' | 'space' | 'signed'>): readonly string[] {
  try {
    const { place } = JSON.parse(payloadText(signed.payload)) as { readonly place?: DraftPlace };
    return place ? [draftName({ account: actor, space, place })] : [];
  } catch {
    return [];
  }
}

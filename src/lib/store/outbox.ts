import type { CalendarDate } from '#lib/domain/dates.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, MediaId } from '#lib/domain/ids.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { dropBrought, holdKeys, keyTables } from './credentials.ts';
import type { CredentialRow, Database, DraftRow, OutboxRow, SettledRow, TrayRow } from './database.ts';
import type { MediaFileRow } from './media-rows.ts';
import { superseded } from './superseded-drafts.ts';

/** How long one can see here what has arrived, in days. */
const settledDays = 30;

/** A change that is to wait here. */
export type NewRow = Omit<OutboxRow, 'seq' | 'state' | 'since' | 'onlyHere'>;

/** A signed change to be kept, and the credential that it brings. */
export interface Queued {
  readonly row: NewRow;
  readonly credential?: CredentialRow | undefined;
  /** The draft that is on its way with it (DR1). */
  readonly draft?: DraftRow | undefined;
  /** MT1: the files that it announces, the bytes of which are here already. */
  readonly files?: readonly MediaFileRow[] | undefined;
  /** The media that it announces: their files wait for it, and for no earlier one that was refused. */
  readonly announces?: MediaId | undefined;
}

/**
 * OB1: keeps signed changes, and the credentials that they bring, safely on this device, in order; all or none. DR3: in
 * the same step an earlier draft that nobody has yet gives way to the newer one.
 */
export async function queueMany(db: Database, queued: readonly Queued[]): Promise<void> {
  const since = new Date().toISOString();
  const state = { is: 'waiting' } as const;
  await db.transaction('rw', [db.outbox, db.drafts, db.mediaFiles, ...keyTables(db)], async () => {
    const drafts = queued.map(({ row }) => row).filter(isDraft);
    if (drafts.length > 0) await db.outbox.bulkDelete([...superseded(await db.outbox.toArray(), drafts)]);
    await db.outbox.bulkAdd(
      queued.map(({ row }) => ({ ...row, since, state, ...(isDraft(row) ? { onlyHere: true } : {}) }))
    );
    await holdKeys(
      db,
      queued.flatMap(({ credential }) => credential ?? [])
    );
    await db.drafts.bulkPut(queued.flatMap(({ draft }) => draft ?? []));
    await db.mediaFiles.bulkPut(queued.flatMap(({ files }) => files ?? []));
    await announce(
      db,
      new Map(queued.flatMap(({ row, announces }) => (announces ? [[announces, row.id]] : [])))
    );
  });
}

/** @param by media, and the change that announces them: their files that were made here wait for it */
async function announce(db: Database, by: ReadonlyMap<MediaId, ChangeId>): Promise<void> {
  if (by.size === 0) return;
  const files = db.mediaFiles.where('media').anyOf([...by.keys()]);
  const made = await files.filter(({ account }) => account !== undefined).toArray();
  await db.mediaFiles.bulkPut(
    made.flatMap((file) => {
      const change = by.get(file.media);
      return change ? { ...file, change } : [];
    })
  );
}

/**
 * DR3: written down before any of these leaves this device: from now on a copy may be anywhere, whatever becomes of this
 * page.
 *
 * @returns those of them that still wait: a newer draft may have taken the place of one meanwhile
 */
export async function leaving(db: Database, rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
  if (!rows.some(({ onlyHere }) => onlyHere)) return rows;
  return db.transaction('rw', db.outbox, async () => {
    const there = (await db.outbox.bulkGet(rows.map(({ seq }) => seq))).filter((row) => row !== undefined);
    const only = there.filter(({ onlyHere }) => onlyHere).map(({ seq }) => seq);
    await db.outbox.where('seq').anyOf(only).modify({ onlyHere: false });
    return there;
  });
}

/** OB3: writes the relay's word on changes of the outbox. A refused one goes to the tray with all that it brought. */
export async function take(db: Database, verdicts: readonly Verdict[], on: CalendarDate): Promise<void> {
  await db.transaction('rw', [db.outbox, db.tray, db.settled, db.mediaFiles, ...keyTables(db)], async () => {
    for (const verdict of verdicts) {
      const row = await db.outbox.get({ id: verdict.id });
      if (!row) continue;
      switch (verdict.is) {
        case 'accepted':
          await db.outbox.update(row.seq, { state: { is: 'accepted', version: verdict.version } });
          await settled(db, row, verdict.notes, on);
          await announced(db, row.id);
          for (const note of verdict.notes) await renumber(db, note.account, note.to);
          break;
        case 'refused': {
          // ER6: of an erased account nothing is kept, not even what was refused.
          if (verdict.code === 'erased') {
            await db.outbox.delete(row.seq);
            await dropBrought(db, row.id);
            break;
          }
          // FA10: somebody else has brought it meanwhile.
          if (verdict.code === 'here-already') {
            await hereAlready(db, row);
            break;
          }
          const refusal = { refused: verdict.code, ...(verdict.detail ? { detail: verdict.detail } : {}) };
          const { id, space, actor, name, page, signed } = row;
          await db.tray.put({ id, space, actor, name, ...(page ? { page } : {}), signed, refusal, on });
          await db.outbox.delete(row.seq);
          await dropBrought(db, row.id);
          break;
        }
        case 'retry':
          await db.outbox.update(row.seq, { state: { is: 'retry', code: verdict.code } });
          break;
        case 'update-app':
          await db.outbox.update(row.seq, { state: { is: 'retry', code: 'update-app' } });
          break;
      }
    }
  });
}

/** FA10: the text with which a page was made, and the files that were announced, go with it; what was written later stays. */
async function hereAlready(db: Database, { seq, id, space, since }: OutboxRow): Promise<void> {
  const text = (row: OutboxRow): boolean =>
    row.page !== undefined && row.space === space && row.since === since && row.signed.header.includes(id);
  await db.outbox
    .where('seq')
    .aboveOrEqual(seq)
    .filter((row) => row.seq === seq || text(row))
    .delete();
  await db.mediaFiles.where('change').equals(id).delete();
}

/** It has arrived. */
async function settled(
  db: Database,
  { id, space, actor, name, page, signed }: OutboxRow,
  notes: SettledRow['notes'],
  on: CalendarDate
): Promise<void> {
  if (page) {
    const today = db.settled.where('page').equals(page);
    await today.filter((row) => row.actor === actor && row.on === on).delete();
    await db.settled.put({ id, space, actor, name, page, on, payload: '', notes });
  } else await db.settled.put({ id, space, actor, name, on, payload: signed.payload, notes });
}

/** MT4: the relay knows of the files that this one announces: they can be sent. */
async function announced(db: Database, id: ChangeId): Promise<void> {
  await db.mediaFiles
    .where('change')
    .equals(id)
    .modify((file) => {
      delete file.change;
    });
}

/** What the relay accepted, and is here still. */
export async function accepted(db: Database): Promise<readonly OutboxRow[]> {
  return db.outbox.where('state.is').equals('accepted').toArray();
}

/** OB4: what the confirmed documents contain leaves the outbox. */
export async function settle(db: Database, done: readonly OutboxRow[]): Promise<void> {
  if (done.length > 0) await db.outbox.bulkDelete(done.map((row) => row.seq));
}

/** Forgets what arrived longer ago than anybody looks. */
export async function forgetOld(db: Database, today: CalendarDate): Promise<void> {
  await db.settled.where('on').below(plusDays(today, -settledDays)).delete();
}

/** TR4: takes a refused change out of the tray. The row is the way back. */
export async function takeFromTray(db: Database, id: ChangeId): Promise<TrayRow | undefined> {
  return db.transaction('rw', db.tray, async () => {
    const row = await db.tray.get(id);
    await db.tray.delete(id);
    return row;
  });
}

function isDraft({ name }: Pick<OutboxRow, 'name'>): boolean {
  return name === 'draft.keep';
}

/** UN5: the account is called otherwise now; on this device it still answers to the name that it was told. */
async function renumber(db: Database, account: AccountId, to: string): Promise<void> {
  for (const held of await db.keys.where('account').equals(account).toArray()) {
    const nameKeys = [...new Set([nameKey(to), ...held.nameKeys])];
    await db.keys.update(held.key, { username: to, nameKeys });
  }
}

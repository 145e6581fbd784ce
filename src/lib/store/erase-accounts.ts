import type { AccountId } from '#lib/domain/ids.ts';
import type { Database } from './database.ts';
import { dropFiles } from './media-files.ts';
import { payloadText } from './payload-text.ts';

/**
 * ER7: deletes everything of these accounts on this device: sealed keys, sessions, work that waits or was refused or
 * has arrived, by them or about them. The documents are replaced by their next generation.
 */
export async function eraseAccounts(db: Database, accounts: readonly AccountId[]): Promise<void> {
  const tables = [
    ...[db.outbox, db.tray, db.settled, db.keys, db.sessions, db.preferences, db.hands, db.found],
    ...[db.drafts, db.writings, db.heldPages, db.attempts, db.lesson, db.turn, db.device],
    ...[db.mediaFiles, db.pieces, db.drawings, db.unsent]
  ];
  const gone = new Set<string>(accounts);
  await db.transaction('rw', tables, async () => {
    for (const table of [db.preferences, db.found, db.attempts]) await table.bulkDelete([...accounts]);
    for (const table of [db.keys, db.drafts, db.drawings, db.unsent, db.writings])
      await table
        .where('account')
        .anyOf([...accounts])
        .delete();
    // What others have begun to say of them.
    await db.unsent.filter(({ place }) => place.split('/').some((part) => gone.has(part))).delete();
    await db.lesson.filter(({ by }) => gone.has(by)).delete();
    await db.turn.filter(({ account }) => gone.has(account)).delete();
    const { adults } = (await db.device.get('device')) ?? {};
    if (adults) await db.device.update('device', { adults: adults.filter((account) => !gone.has(account)) });
    await db.heldPages.toCollection().modify((page) => {
      if (page.writers) page.writers = page.writers.filter(({ account }) => !gone.has(account));
    });
    const made = db.mediaFiles.where('account').anyOf([...accounts]);
    await dropFiles(db, await made.filter(({ state }) => state !== 'here').primaryKeys());
    await db.hands.bulkDelete([...accounts]);
    await db.sessions.filter(({ account }) => gone.has(account)).delete();
    await db.outbox
      .filter(({ actor, signed }) => gone.has(actor) || payloadNames(signed.payload, gone))
      .delete();
    await db.tray
      .filter(({ actor, signed }) => gone.has(actor) || payloadNames(signed.payload, gone))
      .delete();
    await db.settled.filter(({ actor, payload }) => gone.has(actor) || payloadNames(payload, gone)).delete();
  });
}

/** ER7: whether a stored payload names one of these accounts. */
export function payloadNames(payload: string, accounts: ReadonlySet<string>): boolean {
  const text = textOf(payload);
  for (const account of accounts) if (text.includes(account)) return true;
  return false;
}

/** As it can be read. A row that somebody spoiled with developer tools stops no erasing: then it is looked through as it is. */
function textOf(payload: string): string {
  try {
    return payloadText(payload);
  } catch {
    return payload;
  }
}

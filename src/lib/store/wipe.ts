import type { Database } from './database.ts';
import { freshDevice, type Days } from './device.ts';
import { dropFetched } from './media-files.ts';

/**
 * What a revoked device does at its next contact: documents, media, sealed keys, sessions and drafts go; the signed
 * outbox and the tray stay with the files that were made here, for an adult to take over (TB7).
 */
export async function wipe(db: Database): Promise<void> {
  const tables = heldTables(db);
  await db.transaction('rw', [...tables, db.device, db.mediaFiles, db.pieces], async () => {
    for (const table of tables) await table.clear();
    await dropFetched(db);
    // Whoever signs in here again does so on a device that the relay has never seen.
    const before = await db.device.get('device');
    await db.device.put({ ...freshDevice(), ...days(before), enrolment: { is: 'revoked' } });
  });
}

/**
 * TB11: empties a browser that was in use, so that it can be something else: whatever was held, done and liked here.
 * The tray stays, and of the outbox what the relay has not taken.
 */
export async function wipeAll(db: Database): Promise<void> {
  const tables = [...heldTables(db), db.settled, db.preferences, db.hands];
  await db.transaction('rw', [...tables, db.outbox, db.device, db.mediaFiles, db.pieces], async () => {
    for (const table of tables) await table.clear();
    await dropFetched(db);
    await db.outbox.where('state.is').equals('accepted').delete();
    await db.device.put({ ...freshDevice(), ...days(await db.device.get('device')) });
  });
}

function heldTables(db: Database) {
  const { documents, updates, heldPages, keys, sessions, found, attempts, lesson, turn } = db;
  const begun = [db.drafts, db.drawings, db.unsent];
  return [documents, updates, heldPages, keys, sessions, found, ...begun, attempts, lesson, turn];
}

/** How far the days have gone outlives whatever is wiped (SE4). */
function days(device: Days | undefined): Days {
  const { seen, ahead } = device ?? {};
  return { ...(seen ? { seen } : {}), ...(ahead === undefined ? {} : { ahead }) };
}

import type { DeviceId } from '#lib/domain/ids.ts';
import type { Database } from './database.ts';

/**
 * What a revoked device does at its next contact: documents, credentials and sessions go; the signed outbox and the
 * tray stay, for an adult to adopt (architecture: devices).
 */
export async function wipe(db: Database): Promise<void> {
  const tables = [db.documents, db.updates, db.credentials, db.sessions, db.found, db.device];
  await db.transaction('rw', tables, async () => {
    for (const table of [db.documents, db.updates, db.credentials, db.sessions, db.found])
      await table.clear();
    // Whoever signs in here again does so on a device that the relay has never seen.
    const id = crypto.randomUUID() as DeviceId;
    await db.device.update('device', { id, enrolment: { is: 'revoked' } });
  });
}

import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import type { CredentialRow, Database } from './database.ts';

/** SE4: for so many days after the last contact a sealed key still opens on this device. */
export const leaseDays = 30;

/** The accounts on this device that a typed username may mean: it is theirs, or was when they were told it (SE3). */
export async function candidates(db: Database, username: string): Promise<readonly CredentialRow[]> {
  return db.credentials.where('nameKeys').equals(nameKey(username)).distinct().toArray();
}

/** What the relay gave to hold, as this device keeps it. Names that the account had here before stay (UN5). */
export function held(
  credential: HeldCredential,
  before: CredentialRow | undefined,
  today: CalendarDate
): CredentialRow {
  const nameKeys = [...new Set([nameKey(credential.username), ...(before?.nameKeys ?? [])])];
  return { ...credential, nameKeys, lease: plusDays(today, leaseDays) };
}

/**
 * Makes what is held agree with the relay's report: renewed leases, new keys, accounts no longer let in gone. A key
 * that still waits to reach the relay stays as it is (SE4).
 */
export async function reconcile(
  db: Database,
  accounts: readonly AccountId[],
  credentials: readonly HeldCredential[],
  today: CalendarDate
): Promise<void> {
  await db.transaction('rw', db.credentials, async () => {
    const rows = await db.credentials.toArray();
    const reported = new Map(credentials.map((credential) => [credential.account, credential]));
    for (const row of rows) {
      const known = reported.get(row.account);
      if (!known && !row.broughtBy && !accounts.includes(row.account))
        await db.credentials.delete(row.account);
    }
    for (const credential of credentials) {
      const before = rows.find((row) => row.account === credential.account);
      if (before?.broughtBy) continue;
      await db.credentials.put(held(credential, before, today));
    }
  });
}

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
 * The accounts whose newest key from this device has reached the relay by now. A report that is asked for from here on
 * knows it; one that was asked for before may not, and says nothing about it (SE4).
 */
export async function arrivedKeys(db: Database): Promise<ReadonlySet<AccountId>> {
  return db.transaction('r', db.outbox, db.credentials, async () => {
    const rows = await db.outbox.toArray();
    const waiting = new Set(rows.filter(({ state }) => state.is !== 'accepted').map(({ id }) => id));
    const brought = await db.credentials.filter((row) => row.broughtBy !== undefined).toArray();
    return new Set(
      brought.filter(({ broughtBy }) => broughtBy && !waiting.has(broughtBy)).map(({ account }) => account)
    );
  });
}

/**
 * Makes what is held agree with the relay's report: renewed leases, new keys, accounts no longer let in gone. A key
 * of which the report cannot know stays as it is (SE4).
 *
 * @param arrived the accounts whose key had reached the relay before the report was asked for
 */
export async function reconcile(
  db: Database,
  accounts: readonly AccountId[],
  credentials: readonly HeldCredential[],
  today: CalendarDate,
  arrived: ReadonlySet<AccountId>
): Promise<void> {
  await db.transaction('rw', db.credentials, async () => {
    const rows = new Map((await db.credentials.toArray()).map((row) => [row.account, row]));
    const unknown = (row: CredentialRow): boolean => row.broughtBy !== undefined && !arrived.has(row.account);
    for (const row of rows.values()) {
      if (!unknown(row) && !accounts.includes(row.account)) await db.credentials.delete(row.account);
    }
    for (const credential of credentials) {
      const before = rows.get(credential.account);
      if (!before || !unknown(before)) await db.credentials.put(held(credential, before, today));
    }
  });
}

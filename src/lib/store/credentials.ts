import { grouped } from '#lib/domain/grouped.ts';
import type { AccountId, KeyId } from '#lib/domain/ids.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import type { CredentialRow, Database } from './database.ts';

/** The sealed keys on this device that a typed username may mean: it is theirs, or was when they were told it (SE3). */
export async function candidates(db: Database, username: string): Promise<readonly CredentialRow[]> {
  return db.keys.where('nameKeys').equals(nameKey(username)).distinct().toArray();
}

/** The account's sealed key on this device that is opened so. */
export async function keyOf(
  db: Database,
  account: AccountId,
  by: CredentialRow['by']
): Promise<CredentialRow | undefined> {
  return db.keys
    .where('account')
    .equals(account)
    .filter((row) => row.by === by)
    .last();
}

/** What the relay gave to hold, as this device keeps it. Names that the account had here before stay (UN5). */
export function held(credential: HeldCredential, before: readonly CredentialRow[]): CredentialRow {
  const names = before.flatMap((row) => row.nameKeys);
  return { ...credential, nameKeys: [...new Set([nameKey(credential.username), ...names])] };
}

/** What holding a sealed key, or no longer holding one, writes to. */
export function keyTables(db: Database) {
  return [db.keys, db.device, db.attempts];
}

/** Keeps sealed keys, each in the place of the one that was opened in the same way. */
export async function holdKeys(db: Database, rows: readonly CredentialRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.transaction('rw', keyTables(db), async () => {
    const accounts = rows.map(({ account }) => account);
    const replaced = new Set(rows.map(slot));
    await db.keys
      .where('account')
      .anyOf(accounts)
      .filter((row) => replaced.has(slot(row)))
      .delete();
    await db.keys.bulkPut([...rows]);
    // SE9: whoever has a new password begins anew.
    await db.attempts.bulkDelete(accounts);
    await db.device.update('device', { credentialsTag: '' });
  });
}

/** Takes away a key that the relay refused; what it replaced is asked for again (SI10). Within a transaction. */
export async function dropBrought(db: Database, change: string): Promise<void> {
  const dropped = await db.keys.filter((row) => row.broughtBy === change).delete();
  if (dropped > 0) await db.device.update('device', { credentialsTag: '' });
}

/** It opens nothing here any more; should the relay see it otherwise, it is asked for again (SI10). */
export async function dropKey(db: Database, key: KeyId): Promise<void> {
  await db.transaction('rw', keyTables(db), async () => {
    await db.keys.delete(key);
    await db.device.update('device', { credentialsTag: '' });
  });
}

/**
 * The keys made on this device that have reached the relay by now. A report that is asked for from here on knows them;
 * one that was asked for before may not, and says nothing about them (SE4).
 */
export async function arrivedKeys(db: Database): Promise<ReadonlySet<KeyId>> {
  return db.transaction('r', db.outbox, db.keys, async () => {
    const rows = await db.outbox.toArray();
    const waiting = new Set(rows.filter(({ state }) => state.is !== 'accepted').map(({ id }) => id));
    const brought = await db.keys.filter((row) => row.broughtBy !== undefined).toArray();
    return new Set(
      brought.filter(({ broughtBy }) => broughtBy && !waiting.has(broughtBy)).map(({ key }) => key)
    );
  });
}

/** What a report tells of the sealed keys (SI10). */
export interface ToldKeys {
  /** All of them, or with `gone` those that are new or different; absent: what the relay tells of is held already. */
  readonly credentials?: readonly HeldCredential[] | undefined;
  /** Those that are to go; absent: all that are not told. */
  readonly gone?: readonly KeyId[] | undefined;
}

/**
 * Makes what is held agree with the relay's report: new keys in, old ones and those of accounts no longer let in gone.
 * A key of which the report cannot know stays as it is (SE4).
 *
 * @param told what the relay tells of the keys
 * @param arrived the keys that had reached the relay before the report was asked for
 * @returns whether all that the relay told of is held now
 */
export async function reconcile(
  db: Database,
  accounts: readonly AccountId[],
  told: ToldKeys,
  arrived: ReadonlySet<KeyId>
): Promise<boolean> {
  return db.transaction('rw', db.keys, db.attempts, async () => {
    const rows = await db.keys.toArray();
    const { put, gone } = reconciled(rows, new Set(accounts), told, arrived);
    await db.keys.bulkDelete([...gone]);
    await db.keys.bulkPut([...put]);
    // SE9: whoever has a new password begins anew.
    const had = new Set(rows.map(({ key }) => key));
    await db.attempts.bulkDelete(put.filter(({ key }) => !had.has(key)).map(({ account }) => account));
    return put.length === (told.credentials?.length ?? 0);
  });
}

/** What is to be written and what is to go, for `reconcile`. */
export function reconciled(
  rows: readonly CredentialRow[],
  accounts: ReadonlySet<AccountId>,
  { credentials, gone: named }: ToldKeys,
  arrived: ReadonlySet<KeyId>
): { readonly put: readonly CredentialRow[]; readonly gone: readonly KeyId[] } {
  const unknown = rows.filter(({ broughtBy, key }) => broughtBy !== undefined && !arrived.has(key));
  const taken = new Set(unknown.map(slot));
  const told = credentials && new Set(credentials.map(({ key }) => key));
  const out = named ? new Set(named) : undefined;
  const isOut = (key: KeyId): boolean => (out ? out.has(key) : told?.has(key) === false);
  const gone = rows
    .filter((row) => !taken.has(slot(row)) && (!accounts.has(row.account) || isOut(row.key)))
    .map(({ key }) => key);
  const before = grouped(rows, ({ account }) => account);
  const put = (credentials ?? [])
    .filter((credential) => !taken.has(slot(credential)))
    .map((credential) => held(credential, before.get(credential.account) ?? []));
  return { put, gone };
}

/** An account has one key of each kind on a device. */
function slot({ account, by }: Pick<CredentialRow, 'account' | 'by'>): string {
  return `${account} ${by}`;
}

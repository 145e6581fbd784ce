import type { AccountId } from '#lib/domain/ids.ts';
import type { Database, PreferenceRow } from './database.ts';

type Kept = Omit<PreferenceRow, 'account'>;

/** Keeps what a person likes on this device; `alter` tells what is different, of what is kept already. */
export async function keepPreference(
  db: Database,
  account: AccountId,
  alter: (kept: Kept) => Kept
): Promise<void> {
  await db.transaction('rw', db.preferences, async () => {
    const kept = (await db.preferences.get(account)) ?? {};
    await db.preferences.put({ ...kept, ...alter(kept), account });
  });
}

import type { CredentialRow } from '#lib/store/database.ts';
import { holdKeys } from '#lib/store/credentials.ts';
import type { Tab } from '../device/tab.ts';
import type { PackedKey } from '../keys/credential.ts';
import { heldHere } from '../keys/held-here.ts';

/** Keeps an adult's key that was made here and that the relay has taken, and begins a session with it. */
export async function beginWithNewKey(
  app: Tab,
  person: Pick<CredentialRow, 'account' | 'username' | 'display' | 'home' | 'nameKeys'>,
  packed: PackedKey,
  signing: CryptoKey
): Promise<void> {
  await holdKeys(app.db, [heldHere(person, packed)]);
  const { account, username, display, home } = person;
  const { id: key, scope } = packed.key;
  await app.begin({ account, username, display, home, key, scope, by: 'password', signing });
}

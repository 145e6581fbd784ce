import type { CredentialRow } from '#lib/store/database.ts';
import type { PackedKey } from './credential.ts';

/** A key made on this device, as this device keeps it: its person can sign in here before the relay knows. */
export function heldHere(
  person: Pick<CredentialRow, 'account' | 'username' | 'display' | 'home' | 'nameKeys'>,
  { key, seal }: PackedKey
): CredentialRow {
  const { salt, cost, iv, sealed } = seal;
  const { id, publicKey, scope } = key;
  const by = seal.for === 'pictures' ? 'pictures' : 'password';
  return { ...person, key: id, publicKey, scope, by, salt, cost, iv, sealed };
}

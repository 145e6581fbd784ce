import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { CredentialRow } from '#lib/store/database.ts';
import { leaseDays } from '#lib/store/credentials.ts';
import type { PackedKey } from './credential.ts';

/** A key made on this device, as this device keeps it: its person can sign in here before the relay knows. */
export function heldHere(
  today: CalendarDate,
  person: Pick<CredentialRow, 'account' | 'username' | 'display' | 'home' | 'nameKeys'>,
  { key, seal }: PackedKey
): CredentialRow {
  const { salt, cost, iv, sealed } = seal;
  const { id, publicKey, scope } = key;
  return { ...person, key: id, publicKey, scope, salt, cost, iv, sealed, lease: plusDays(today, leaseDays) };
}

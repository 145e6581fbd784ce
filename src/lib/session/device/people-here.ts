import { grouped } from '#lib/domain/grouped.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { CredentialRow, DeviceRow } from '#lib/store/database.ts';

/** An account that can sign in on this device without a network. */
export interface KnownAccount {
  readonly account: AccountId;
  readonly display: string;
  readonly username: string;
  /** Four pictures open it, too (KE11). */
  readonly pictures: boolean;
  /** In their own custody, as far as this device can tell. */
  readonly adult: boolean;
}

/** Everybody whose sealed key lies here, each once. */
export function peopleHere(
  keys: readonly CredentialRow[],
  device: Pick<DeviceRow, 'adults'>
): readonly KnownAccount[] {
  return [...grouped(keys, ({ account }) => account)].map(([account, rows]) => {
    const { display, username } = rows[0] as CredentialRow;
    const pictures = rows.some(({ by }) => by === 'pictures');
    return { account, display, username, pictures, adult: isAdult(account, rows, device) };
  });
}

/** SE9: whether wrong passwords lock the account here: a pupil's, but not on a device of their own. */
export function isLockable(
  account: AccountId,
  keys: readonly CredentialRow[],
  { adults = [], enrolment }: Pick<DeviceRow, 'adults' | 'enrolment'>
): boolean {
  const own = enrolment.is === 'enrolled' && enrolment.kind === 'personal' && enrolment.owner === account;
  return !own && !isAdult(account, keys, { adults });
}

/** TB5: a classroom key that a password opens is an adult's; whoever was at work here is known from then on. */
function isAdult(
  account: AccountId,
  keys: readonly CredentialRow[],
  { adults = [] }: Pick<DeviceRow, 'adults'>
): boolean {
  return adults.includes(account) || keys.some(({ scope, by }) => scope === 'classroom' && by === 'password');
}

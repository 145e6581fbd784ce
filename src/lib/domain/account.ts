import type { CalendarDate } from './dates.ts';
import type { AccountId, KeyId, SpaceId } from './ids.ts';

/** What a key may be used for (KE2): everything, or only what a classroom tablet allows. */
export type KeyScope = 'full' | 'classroom';

/**
 * A public signing key of an account. `former` still counts for work already done until its day; `distrusted`
 * counts for nothing any more (KE4, KE5).
 */
export interface AccountKey {
  readonly id: KeyId;
  /** ECDSA P-256, the uncompressed point of SEC 1 (65 bytes) in base64url. */
  readonly publicKey: string;
  readonly scope: KeyScope;
  readonly since: CalendarDate;
  /** Who chose the password that opens it. */
  readonly setBy: AccountId;
  readonly state:
    | { readonly is: 'current' }
    | { readonly is: 'former'; readonly until: CalendarDate }
    | { readonly is: 'distrusted' };
}

/**
 * Who may set an account's password (AC1): nobody but its person, or its custodian and the administrators of its
 * home TwinSpace.
 */
export type Custody = { readonly kind: 'self' } | { readonly kind: 'home'; readonly custodian: AccountId };

/** What every follower of a TwinSpace's `members` document may know of an account. */
export interface PublicAccount {
  readonly keys: readonly AccountKey[];
  readonly custody: Custody;
  readonly home: SpaceId;
}

/** What only staff may know of an account (`staff` document). */
export interface PrivateAccount {
  readonly username: string;
  readonly given: string;
  readonly family: string;
  /** The school in the person's own words; may be empty. */
  readonly school: string;
}

/** A new account as a command brings it: names, username and the public half of its key. */
export interface NewAccount extends PrivateAccount {
  readonly id: AccountId;
  readonly display: string;
  readonly key: NewKey;
}

/** A key that a command brings. The sealed private half travels beside the change, bound by its digest. */
export interface NewKey {
  readonly id: KeyId;
  readonly publicKey: string;
  readonly scope: KeyScope;
  /** SHA-256 in base64url over the exact bytes of the credential that comes along (protocol: credential). */
  readonly credential: string;
}

/**
 * KE13: the day since which the classroom key that an adult made counts for nothing any more, somebody having known the
 * password; nothing, where there is another, or never was one.
 *
 * KE5: with it every full key there was fell, too, so that the oldest one that did not fall is of that day.
 */
export function classroomKeyFellOn(
  account: PublicAccount | undefined,
  id: AccountId
): CalendarDate | undefined {
  if (!account || keyInUse(account, 'classroom')) return undefined;
  const fell = account.keys.some(
    ({ scope, state, setBy }) => scope === 'classroom' && state.is === 'distrusted' && setBy === id
  );
  if (!fell) return undefined;
  const standing = account.keys.filter(({ scope, state }) => scope === 'full' && state.is !== 'distrusted');
  return standing.map(({ since }) => since).sort()[0];
}

/** The account's current key of this scope, as far as the account is known (KE3). */
export function keyInUse(account: PublicAccount | undefined, scope: KeyScope): AccountKey | undefined {
  return account?.keys.find((key) => key.scope === scope && key.state.is === 'current');
}

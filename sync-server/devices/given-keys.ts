import { keyInUse, type AccountKey } from '#lib/domain/account.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Tablet } from '#lib/domain/records.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import { inScope, isAdult } from '#lib/domain/tablet-holding.ts';

/** A key whose sealed half a device is given, and what opens it. */
export interface GivenKey {
  readonly account: AccountId;
  readonly key: AccountKey;
  readonly by: 'password' | 'pictures';
}

/**
 * TB5: the keys of one account that a classroom tablet is given: of a pupil at home here, in its groups, the full key and
 * that of the pictures; of another pupil here who signed in online on it, the full key; of an adult named there, the
 * classroom key.
 */
export function keysOnTablet(
  state: SpaceState,
  directory: Directory,
  tablet: Pick<Tablet, 'groups' | 'teachers'>,
  account: AccountId,
  signedIn: boolean
): readonly GivenKey[] {
  const member = activeMember(state, account);
  const known = directory.public(account);
  if (!member || !known) return [];
  const held = inScope(state, directory, tablet, account);
  if (isAdult(state, directory, account)) {
    const room = held ? keyInUse(known, 'classroom') : undefined;
    return room ? [{ account, key: room, by: 'password' }] : [];
  }
  if (!held && !signedIn) return [];
  const full = keyInUse(known, 'full');
  const pictures = held ? keyInUse(known, 'classroom') : undefined;
  return [
    ...(full ? [{ account, key: full, by: 'password' } as const] : []),
    ...(pictures ? [{ account, key: pictures, by: 'pictures' } as const] : [])
  ];
}

/** TB5: everything that a classroom tablet is given, by account. */
export function allKeysOnTablet(
  state: SpaceState,
  directory: Directory,
  tablet: Pick<Tablet, 'groups' | 'teachers'>,
  signedIn: readonly AccountId[]
): readonly GivenKey[] {
  const online = new Set(signedIn);
  return [...state.members.members.keys()].flatMap((id) => {
    const account = id as AccountId;
    return keysOnTablet(state, directory, tablet, account, online.has(account));
  });
}

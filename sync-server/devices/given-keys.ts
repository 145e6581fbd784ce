import { keyInUse, type AccountKey } from '#lib/domain/account.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Tablet } from '#lib/domain/records.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember, type Member, type SpaceState } from '#lib/domain/state.ts';

/** A key whose sealed half a device is given, and what opens it. */
export interface GivenKey {
  readonly account: AccountId;
  readonly key: AccountKey;
  readonly by: 'password' | 'pictures';
}

/** TB9: in their own custody, or administrator or teacher here: their full key is for no classroom tablet. */
export function isAdult(state: SpaceState, directory: Directory, account: AccountId): boolean {
  const role = state.members.members.get(account)?.role;
  return directory.public(account)?.custody.kind === 'self' || (role !== undefined && isStaff(role));
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
  if (isAdult(state, directory, account)) {
    const named = tablet.teachers.includes(account) && known.custody.kind === 'self' && isStaff(member.role);
    const room = named ? keyInUse(known, 'classroom') : undefined;
    return room ? [{ account, key: room, by: 'password' }] : [];
  }
  const inScope = known.home === state.id && isIn(member, tablet.groups);
  if (!inScope && !signedIn) return [];
  const full = keyInUse(known, 'full');
  const pictures = inScope ? keyInUse(known, 'classroom') : undefined;
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

function isIn(member: Member, groups: Tablet['groups']): boolean {
  return groups === 'all' || groups.some((group) => member.groups?.includes(group));
}

import type { Device } from './device.ts';
import type { Directory } from './directory.ts';
import type { AccountId } from './ids.ts';
import type { Tablet } from './records.ts';
import { isStaff } from './roles.ts';
import { activeMember, type SpaceState } from './state.ts';

/** TB9: in their own custody, or administrator or teacher here: their full key is for no classroom tablet. */
export function isAdult(state: SpaceState, directory: Directory, account: AccountId): boolean {
  const role = state.members.members.get(account)?.role;
  return directory.public(account)?.custody.kind === 'self' || (role !== undefined && isStaff(role));
}

/**
 * TB5: whether a classroom tablet is to hold keys of this account: of a pupil at home here, in its groups; of an adult
 * in their own custody who is named there.
 */
export function inScope(
  state: SpaceState,
  directory: Directory,
  { groups, teachers }: Pick<Tablet, 'groups' | 'teachers'>,
  account: AccountId
): boolean {
  const member = activeMember(state, account);
  const known = directory.public(account);
  if (!member || !known) return false;
  if (isAdult(state, directory, account))
    return teachers.includes(account) && known.custody.kind === 'self' && isStaff(member.role);
  return (
    known.home === state.id && (groups === 'all' || groups.some((group) => member.groups?.includes(group)))
  );
}

/**
 * KE14: whether a classroom key of this account counts for what this classroom tablet signed: its keys were given to it
 * once, so that work done there counts whatever it is to hold since, or they are to be. Pictures are given at home
 * alone. What a tablet is to hold stands in a document that it does not follow itself: there the relay's word decides.
 */
export function classroomKeyCounts(
  state: SpaceState,
  directory: Directory,
  device: Device,
  account: AccountId
): boolean {
  const known = directory.public(account);
  if (known?.custody.kind === 'home' && known.home !== state.id) return false;
  const tablet = state.staff.tablets.get(device.id);
  return !tablet || device.accounts.includes(account) || inScope(state, directory, tablet, account);
}

import type { Device } from './device.ts';
import type { Directory } from './directory.ts';
import { isStaff } from './roles.ts';
import { activeMember, type SpaceState } from './state.ts';

/** The documents of a TwinSpace that a device may follow whole. */
export type SpaceDocument = 'members' | 'staff';

/** TB4: the classroom tablet has been let in here, and not been revoked. */
export function isServed(state: SpaceState, { id, space }: Device): boolean {
  const tablet = state.staff.tablets.get(id);
  return space === state.id && tablet !== undefined && !tablet.revoked;
}

/**
 * RD1: `members` is for personal devices on which an active member is at home and for classroom tablets that were let
 * in. RD2: `staff` is for the personal device of an administrator or teacher in their own custody who is let in there,
 * and for nobody else signed in there.
 *
 * @param device with `accounts` of whom it lets in now
 */
export function mayRead(
  state: SpaceState,
  directory: Directory,
  device: Device,
  document: SpaceDocument
): boolean {
  if (device.revoked) return false;
  if (device.kind === 'classroom') return document === 'members' && isServed(state, device);
  if (document === 'members') return device.accounts.some((account) => activeMember(state, account));
  // SI13: the owner is let in here no longer, until they show the password again.
  if (!device.accounts.includes(device.owner)) return false;
  const owner = activeMember(state, device.owner);
  return (
    owner !== undefined && isStaff(owner.role) && directory.public(device.owner)?.custody.kind === 'self'
  );
}

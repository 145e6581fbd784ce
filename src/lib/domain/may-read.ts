import type { Device } from './device.ts';
import type { Directory } from './directory.ts';
import { isStaff } from './roles.ts';
import { activeMember, type SpaceState } from './state.ts';

/** The documents of a TwinSpace that a device may follow whole. */
export type SpaceDocument = 'members' | 'staff';

/**
 * RD1: `members` is for devices on which an active member is at home. RD2: `staff` is for the personal device of an
 * administrator or teacher in their own custody, and for nobody else signed in there.
 */
export function mayRead(
  state: SpaceState,
  directory: Directory,
  device: Device,
  document: SpaceDocument
): boolean {
  if (device.revoked) return false;
  if (document === 'members') return device.accounts.some((account) => activeMember(state, account));
  const owner = activeMember(state, device.owner);
  return (
    device.kind === 'personal' &&
    owner !== undefined &&
    isStaff(owner.role) &&
    directory.public(device.owner)?.custody.kind === 'self'
  );
}

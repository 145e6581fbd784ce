import type { Device } from '../device.ts';
import type { Directory } from '../directory.ts';
import type { Actor } from '../effective-role.ts';
import { fullKeyProblem } from '../full-key.ts';
import type { AccountId } from '../ids.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import type { SpaceState } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * TB16: why somebody may not revoke a personal device: it is its owner's to do, and that of the administrators of the
 * owner's home, who are asked where they are administrators.
 */
function othersDeviceProblem(
  { id, members }: SpaceState,
  directory: Directory,
  { kind, owner }: Device,
  by: AccountId,
  { role }: Actor
): Refusal | undefined {
  if (kind === 'personal' && owner === by) return undefined;
  if (kind !== 'personal' || role !== 'teacher-admin' || !members.members.has(owner))
    return refuse('only-own-things');
  return directory.public(owner)?.home === id ? undefined : refuse('only-home-administrators');
}

/**
 * TB7: a classroom tablet, by whoever let it in or an administrator, also one that still asks; or a personal device, by
 * its owner or an administrator of the owner's home (TB16). Its cookie and what it signs count no more.
 */
export const deviceRevoke: MemberCommand<'device.revoke'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: ['revoke-tablet'],
    about: ({ device }) => ({ is: 'device', id: device }),
    makes: 'nothing',
    log: { kind: 'devices' },
    devices: ({ device }) => [device]
  },
  sensitive: true,
  whileArchived: true,
  judge: ({ state, directory, now, device: deviceOf }, { args, actor: by }, actor) => {
    const id = args.device;
    const device = deviceOf?.(id);
    const tablet = state.staff.tablets.get(id);
    const ofClass = tablet !== undefined || (device?.kind === 'classroom' && device.space === state.id);
    if (deviceOf && !device) return refuse('device-unknown');
    if (ofClass) {
      const mine = (tablet?.by ?? device?.owner) === by;
      const allowed = can(actor.role, 'revoke-tablet', { mine });
      if (isRefusal(allowed)) return allowed;
    } else if (device) {
      const other = othersDeviceProblem(state, directory, device, by, actor);
      if (other) return other;
    }
    const key = fullKeyProblem(actor);
    if (key) return key;
    if (tablet)
      return tablet.revoked
        ? outcome()
        : outcome({
            doc: 'staff',
            map: 'tablets',
            key: id,
            value: { ...tablet, revoked: { by, on: now } }
          });
    const value = { ...directory.device(id), revoked: now };
    return outcome({ doc: 'directory', map: 'devices', key: id, value });
  }
};

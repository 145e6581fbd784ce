import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';
import { fullKeyProblem } from './full-key.ts';

/**
 * TB7: a classroom tablet, by whoever let it in or an administrator, also one that still asks; or a personal device, by
 * its owner alone. Its cookie and what it signs count no more.
 */
export const deviceRevoke: MemberCommand<'device.revoke'> = {
  by: 'member',
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
    } else if (device && (device.kind !== 'personal' || device.owner !== by))
      return refuse('only-own-things');
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

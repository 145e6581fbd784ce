import { fullKeyProblem } from '../full-key.ts';
import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import type { Tablet } from '../records.ts';
import { roomProblem } from '../tablet-room.ts';
import { listed, scopeProblem } from '../tablet-scope.ts';
import { outcome, type MemberCommand } from './command.ts';

/** TB4: yes to one tablet that has asked, by whoever offered it or an administrator; from then on it holds what is said. */
export const tabletAdmit: MemberCommand<'tablet.admit'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: ['enrol-tablet', 'revoke-tablet'],
    about: ({ tablet }) => ({ is: 'device', id: tablet }),
    makes: 'nothing',
    log: { kind: 'devices' },
    groups: ({ groups }) => listed(groups),
    devices: ({ tablet }) => [tablet],
    texts: { name: 'other' }
  },
  sensitive: true,
  judge: (ground, { args, actor: by }, actor) => {
    const { state, now } = ground;
    const { tablet: id, name, groups, teachers } = args;
    const enrol = can(actor.role, 'enrol-tablet');
    if (isRefusal(enrol)) return enrol;
    const key = fullKeyProblem(actor);
    if (key) return key;
    if (state.staff.tablets.has(id)) return refuse('tablet-known');
    if (ground.device) {
      const device = ground.device(id);
      if (device?.kind !== 'classroom' || device.space !== state.id || device.revoked)
        return refuse('device-unknown');
      const mine = can(actor.role, 'revoke-tablet', { mine: device.owner === by });
      if (isRefusal(mine)) return mine;
    }
    if (!isDisplay(name)) return refuse('display-invalid');
    const value: Tablet = { name, by, on: now, groups, teachers };
    return (
      scopeProblem(ground, actor, args) ??
      roomProblem(state, 1) ??
      outcome({ doc: 'staff', map: 'tablets', key: id, value })
    );
  }
};

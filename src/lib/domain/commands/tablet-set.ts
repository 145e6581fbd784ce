import { fullKeyProblem } from '../full-key.ts';
import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { listed, scopeProblem } from '../tablet-scope.ts';
import { outcome, type MemberCommand } from './command.ts';

/** TB6: whoever may revoke a classroom tablet gives it another name and says anew what it holds. */
export const tabletSet: MemberCommand<'tablet.set'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: ['revoke-tablet'],
    about: ({ tablet }) => ({ is: 'device', id: tablet }),
    makes: 'nothing',
    log: { kind: 'devices' },
    groups: ({ groups = [] }) => listed(groups),
    devices: ({ tablet }) => [tablet],
    texts: { name: 'other' }
  },
  sensitive: true,
  judge: (ground, { args, actor: by }, actor) => {
    const { tablet: id, ...changed } = args;
    const before = ground.state.staff.tablets.get(id);
    const allowed = can(actor.role, 'revoke-tablet', { mine: before?.by === by });
    if (isRefusal(allowed)) return allowed;
    if (!before) return refuse('device-unknown');
    if (before.revoked) return refuse('device-revoked');
    if (changed.name !== undefined && !isDisplay(changed.name)) return refuse('display-invalid');
    const value = { ...before, ...changed };
    return (
      fullKeyProblem(actor) ??
      scopeProblem(ground, actor, value, before) ??
      outcome({ doc: 'staff', map: 'tablets', key: id, value })
    );
  }
};

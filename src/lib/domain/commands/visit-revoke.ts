import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { aboutVisit } from '../visits.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PU5: an administrator ends a link for visitors; whoever has opened it is shown nothing more (VS2). */
export const visitRevoke: MemberCommand<'visit.revoke'> = {
  by: 'member',
  facts: { ...aboutVisit, log: { kind: 'links' } },
  sensitive: false,
  whileArchived: true,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const allowed = can(role, 'give-visitor-link');
    if (isRefusal(allowed)) return allowed;
    const visit = state.staff.visits.get(args.visit);
    if (!visit) return refuse('visit-unknown');
    if (visit.revoked) return refuse('visit-revoked');
    const value = { ...visit, revoked: { by: actor, on: now } };
    return outcome({ doc: 'staff', map: 'visits', key: args.visit, value });
  }
};

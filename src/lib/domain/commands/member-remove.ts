import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';
import { memberTarget } from './member-target.ts';

/** ME5 (G9, G12, G13): ends a membership here; the account lives on, and 30 days the membership can come back. */
export const memberRemove: MemberCommand<'member.remove'> = {
  by: 'member',
  sensitive: true,
  judge: ({ state, directory, now }, { args, actor }, { role }) => {
    const member = state.members.members.get(args.member);
    if (!member) return refuse('unknown-member');
    const allowed = can(role, 'edit-membership', memberTarget(state, directory, args.member, actor));
    if (isRefusal(allowed)) return allowed;
    if (member.status.is === 'removed') return refuse('member-removed');
    const removed = { ...member, status: { is: 'removed', on: now } } as const;
    return outcome({ doc: 'members', map: 'members', key: args.member, value: removed });
  }
};

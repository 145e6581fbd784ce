import { plusDays } from '../dates.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { reaches } from '../roles.ts';
import { outcome, type MemberCommand } from './command.ts';
import { memberTarget } from './member-target.ts';

/** ME6: for so many days a removed member can come back. */
export const restoreDays = 30;

/** ME6: brings a removed member back, with the role there was. */
export const memberRestore: MemberCommand<'member.restore'> = {
  by: 'member',
  sensitive: true,
  judge: ({ state, directory, now }, { args, actor }, { role }) => {
    const member = state.members.members.get(args.member);
    if (!member) return refuse('unknown-member');
    const allowed = can(role, 'edit-membership', memberTarget(state, directory, args.member, actor));
    if (isRefusal(allowed)) return allowed;
    if (member.status.is === 'active') return refuse('member-active');
    if (plusDays(member.status.on, restoreDays) < now) return refuse('restore-too-late');
    if (!reaches(role, member.role)) return refuse('grants-more');
    const restored = { ...member, status: { is: 'active' } } as const;
    return outcome({ doc: 'members', map: 'members', key: args.member, value: restored });
  }
};

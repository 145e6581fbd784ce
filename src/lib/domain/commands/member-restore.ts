import { plusDays } from '../dates.ts';
import { tellHome } from '../elsewhere.ts';
import { memberTarget } from '../member-target.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { reaches } from '../roles.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ME6: for so many days a removed member can come back. */
export const restoreDays = 30;

/** ME6: brings a removed member back, with the role there was; not against the word of the pupil's home (JO6). */
export const memberRestore: MemberCommand<'member.restore'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: ['edit-membership'],
    about: ({ member }) => ({ is: 'account', id: member }),
    makes: 'nothing',
    log: { kind: 'members' },
    tellsHome: 'tells'
  },
  sensitive: true,
  judge: (ground, { args, actor }, { role }) => {
    const { state, directory, now } = ground;
    const member = state.members.members.get(args.member);
    if (!member || member.status.is === 'erased') return refuse('unknown-member');
    const allowed = can(role, 'edit-membership', memberTarget(state, directory, args.member, actor));
    if (isRefusal(allowed)) return allowed;
    if (member.status.is !== 'removed') return refuse('member-active');
    if (member.status.byHome) return refuse('ended-by-home');
    if (plusDays(member.status.on, restoreDays) < now) return refuse('restore-too-late');
    if (!reaches(role, member.role)) return refuse('grants-more');
    const restored = { ...member, status: { is: 'active' } } as const;
    const by = state.members.members.get(actor)?.display ?? '';
    const name = state.members.meta.get('space')?.name ?? '';
    const told = { account: args.member, space: state.id, name, by, on: now, status: 'active' } as const;
    return outcome(
      { doc: 'members', map: 'members', key: args.member, value: restored },
      ...tellHome(ground, args.member, told)
    );
  }
};

import { memberTarget } from '../member-target.ts';
import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { standingMember } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ME4 (G12, G13): the name under which a member stands here. */
export const memberDisplay: MemberCommand<'member.display'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: ['edit-membership'],
    about: ({ member }) => ({ is: 'account', id: member }),
    makes: 'nothing',
    log: { kind: 'members' },
    texts: { display: 'display' }
  },
  sensitive: false,
  judge: ({ state, directory }, { args, actor }, { role }) => {
    if (!state.members.members.has(args.member)) return refuse('unknown-member');
    const allowed = can(role, 'edit-membership', memberTarget(state, directory, args.member, actor));
    if (isRefusal(allowed)) return allowed;
    const member = standingMember(state, args.member);
    if (!member) return refuse('member-removed');
    if (!isDisplay(args.display)) return refuse('display-invalid');
    return outcome({
      doc: 'members',
      map: 'members',
      key: args.member,
      value: { ...member, display: args.display }
    });
  }
};

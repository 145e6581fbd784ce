import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { isStaff, reaches } from '../roles.ts';
import { standingMember } from '../state.ts';
import { nameKey } from '../usernames.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * ME2 (G10, G12): an administrator changes the role of a member here. ME3: a pupil becomes an adult here only when
 * the username was typed out, and in the account's home; what follows for that person is RO6.
 */
export const memberRole: MemberCommand<'member.role'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: ['edit-access'],
    about: ({ member }) => ({ is: 'account', id: member }),
    makes: 'nothing',
    log: { kind: 'roles', detail: ({ role }) => ({ role }) },
    texts: { typed: 'other' }
  },
  sensitive: true,
  judge: ({ state, directory }, { args }, { role }) => {
    const allowed = can(role, 'edit-access');
    if (isRefusal(allowed)) return allowed;
    if (!state.members.members.has(args.member)) return refuse('unknown-member');
    const member = standingMember(state, args.member);
    if (!member) return refuse('member-removed');
    if (member.role === args.role) return refuse('same-role');
    if (!reaches(role, args.role)) return refuse('grants-more');
    // JO3: the home says yes to a pupil, not to whatever became of one meanwhile.
    if (member.status.is === 'waiting' && isStaff(args.role)) return refuse('member-waiting');
    if (isStaff(args.role) && !isStaff(member.role)) {
      // AC7: it takes the account out of the home's custody, so it is the home's to do.
      const known = directory.public(args.member);
      if (known?.custody.kind === 'home' && known.home !== state.id)
        return refuse('only-home-administrators');
      const username = directory.private(args.member)?.username;
      if (!username || nameKey(args.typed ?? '') !== nameKey(username))
        return refuse('escalation-unconfirmed');
    }
    return outcome({
      doc: 'members',
      map: 'members',
      key: args.member,
      value: { ...member, role: args.role }
    });
  }
};

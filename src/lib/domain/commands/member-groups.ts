import { memberTarget } from '../member-target.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { standingMember } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';
import { withGroups } from './group-dissolve.ts';

/** GR4: so many groups one member is in at most. */
export const mostGroupsOfMember = 20;

/**
 * GR2: who may edit a membership puts the member into groups and takes them out; a teacher only with groups of their
 * own, since a group may carry permissions that its owner gave.
 */
export const memberGroups: MemberCommand<'member.groups'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['edit-membership', 'make-group'],
    about: ({ member }) => ({ is: 'account', id: member }),
    makes: 'nothing',
    log: { kind: 'members' },
    groups: ({ add, remove }) => [...add, ...remove]
  },
  sensitive: false,
  judge: ({ state, directory }, { args, actor }, { role }) => {
    const allowed = can(role, 'edit-membership', memberTarget(state, directory, args.member, actor));
    if (isRefusal(allowed)) return allowed;
    const member = standingMember(state, args.member);
    if (!member) return refuse(state.members.members.has(args.member) ? 'member-removed' : 'unknown-member');
    for (const id of [...args.add, ...args.remove]) {
      const group = state.members.groups.get(id);
      // A group that is gone has nobody in it: taking somebody out of it is done already.
      if (!group && args.add.includes(id)) return refuse('group-unknown');
      const mine = can(role, 'make-group', { own: group?.owner === actor });
      if (group && isRefusal(mine)) return mine;
    }
    const kept = (member.groups ?? []).filter((id) => !args.remove.includes(id));
    const groups = [...new Set([...kept, ...args.add])];
    if (groups.length > mostGroupsOfMember) return refuse('too-many-groups');
    return outcome({
      doc: 'members',
      map: 'members',
      key: args.member,
      value: withGroups(member, groups)
    });
  }
};

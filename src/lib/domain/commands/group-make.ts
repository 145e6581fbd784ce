import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { isStaff } from '../roles.ts';
import { activeMember } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/** GR1: so many groups a TwinSpace has at most. */
export const mostGroups = 500;

/** GR1: an administrator, or a teacher for their own pupils, makes a class or a team; an administrator for a teacher too. */
export const groupMake: MemberCommand<'group.make'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['make-group'],
    about: ({ group }) => ({ is: 'group', id: group }),
    makes: ({ group }) => group,
    log: { kind: 'members', detail: ({ kind }) => ({ kind }) },
    groups: ({ group }) => [group],
    texts: { name: 'called' }
  },
  sensitive: false,
  judge: ({ state }, { args, actor }, { role }) => {
    const { name, kind, owner = actor } = args;
    const allowed = can(role, 'make-group', { own: owner === actor });
    if (isRefusal(allowed)) return allowed;
    if (state.members.groups.has(args.group)) return refuse('group-exists');
    if (state.members.groups.size >= mostGroups) return refuse('too-many-groups');
    if (!isDisplay(name)) return refuse('display-invalid');
    const whose = activeMember(state, owner);
    if (!whose || !isStaff(whose.role)) return refuse('colleague-unknown');
    return outcome({ doc: 'members', map: 'groups', key: args.group, value: { name, kind, owner } });
  }
};

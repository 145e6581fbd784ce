import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** GR1: so many groups a TwinSpace has at most. */
export const mostGroups = 500;

/** GR1: an administrator, or a teacher for their own pupils, makes a class or a team. */
export const groupMake: MemberCommand<'group.make'> = {
  by: 'member',
  sensitive: false,
  judge: ({ state }, { args, actor }, { role }) => {
    const allowed = can(role, 'make-group', { own: true });
    if (isRefusal(allowed)) return allowed;
    if (state.members.groups.has(args.group)) return refuse('group-exists');
    if (state.members.groups.size >= mostGroups) return refuse('too-many-groups');
    if (!isDisplay(args.name)) return refuse('display-invalid');
    const { name, kind } = args;
    return outcome({ doc: 'members', map: 'groups', key: args.group, value: { name, kind, owner: actor } });
  }
};

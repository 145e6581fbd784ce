import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** GR3: a group is renamed by whoever made it, and by administrators. */
export const groupRename: MemberCommand<'group.rename'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['make-group'],
    about: ({ group }) => ({ is: 'group', id: group }),
    makes: 'nothing',
    log: { kind: 'members' },
    groups: ({ group }) => [group],
    texts: { name: 'called' }
  },
  sensitive: false,
  judge: ({ state }, { args, actor }, { role }) => {
    const group = state.members.groups.get(args.group);
    const allowed = can(role, 'make-group', { own: group?.owner === actor });
    if (isRefusal(allowed)) return allowed;
    if (!group) return refuse('group-unknown');
    if (!isDisplay(args.name)) return refuse('display-invalid');
    return outcome({
      doc: 'members',
      map: 'groups',
      key: args.group,
      value: { ...group, name: args.name }
    });
  }
};

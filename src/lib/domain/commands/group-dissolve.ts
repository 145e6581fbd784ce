import type { GroupId } from '../ids.ts';
import { pagesIn, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import type { Put } from '../puts.ts';
import { isRefusal, refuse } from '../refusals.ts';
import type { Member } from '../state.ts';
import { saidIn } from '../said.ts';
import { outcome, type MemberCommand } from './command.ts';

/** GR3: a group is dissolved by whoever made it, and by administrators; its members stay. */
export const groupDissolve: MemberCommand<'group.dissolve'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['make-group'],
    about: ({ group }) => ({ is: 'group', id: group }),
    makes: 'nothing',
    log: { kind: 'members' },
    groups: ({ group }) => [group]
  },
  sensitive: false,
  judge: ({ state }, { args, actor }, { role }) => {
    const group = state.members.groups.get(args.group);
    const allowed = can(role, 'make-group', { own: group?.owner === actor });
    if (isRefusal(allowed)) return allowed;
    if (!group) return refuse('group-unknown');
    const puts: Put[] = [{ doc: 'members', map: 'groups', key: args.group, value: null }];
    for (const [key, member] of state.members.members) {
      if (!member.groups?.includes(args.group)) continue;
      const left = member.groups.filter((id) => id !== args.group);
      puts.push({ doc: 'members', map: 'members', key, value: withGroups(member, left) });
    }
    const said = saidIn(state);
    // PA5: nobody is given a page through a group that is no more.
    for (const [id, page] of pagesIn(state)) {
      const editors = page.editors.filter(({ to }) => to.is !== 'group' || to.group !== args.group);
      if (editors.length < page.editors.length) puts.push(...putPage(state, id, { ...page, editors }, said));
    }
    return outcome(...puts);
  }
};

/** The member in these groups and no others. */
export function withGroups(member: Member, groups: readonly GroupId[]): Member {
  const { groups: _, ...rest } = member;
  return groups.length === 0 ? rest : { ...rest, groups };
}

import type { Actor } from './effective-role.ts';
import type { AccountId, GroupId } from './ids.ts';
import { can } from './permissions.ts';
import { isRefusal, refuse, type Refusal } from './refusals.ts';
import type { Tablet, TabletGroups } from './records.ts';
import { isStaff } from './roles.ts';
import { activeMember } from './state.ts';
import type { Ground } from './commands/command.ts';

/** What a classroom tablet holds: whose groups, and whose classroom passwords open there (TB5). */
export type TabletScope = Pick<Tablet, 'groups' | 'teachers'>;

/** The groups that are named, where not all pupils are meant. */
export function listed(groups: TabletGroups): readonly GroupId[] {
  return groups === 'all' ? [] : groups;
}

/** Where nobody is held yet. */
const nothing: TabletScope = { groups: [], teachers: [] };

/**
 * TB1, TB2: what is wrong with what a tablet shall hold. A teacher ticks groups of their own; whatever stands there
 * already, by somebody who was allowed to, may stay.
 */
export function scopeProblem(
  { state, directory }: Ground,
  actor: Actor,
  { groups, teachers }: TabletScope,
  before: TabletScope = nothing
): Refusal | undefined {
  return groupsProblem(state, actor, groups, before.groups) ?? teachers.map(teacherProblem).find(Boolean);

  function teacherProblem(account: AccountId): Refusal | undefined {
    if (before.teachers.includes(account)) return undefined;
    const member = activeMember(state, account);
    const adult = directory.public(account)?.custody.kind === 'self';
    return member && isStaff(member.role) && adult ? undefined : refuse('colleague-unknown');
  }
}

function groupsProblem(
  state: Ground['state'],
  { account, role }: Actor,
  groups: TabletGroups,
  before: TabletGroups
): Refusal | undefined {
  if (groups === 'all')
    return before === 'all' || role === 'teacher-admin' ? undefined : refuse('only-administrators');
  for (const id of groups) {
    if (before !== 'all' && before.includes(id)) continue;
    const group = state.members.groups.get(id);
    if (!group) return refuse('group-unknown');
    const mine = can(role, 'make-group', { own: group.owner === account });
    if (isRefusal(mine)) return mine;
  }
  return undefined;
}

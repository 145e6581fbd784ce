import { memberTarget } from '#lib/domain/member-target.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { Change } from '#lib/domain/change.ts';
import { actorIn } from '#lib/domain/effective-role.ts';
import { goesOnArchived } from '#lib/domain/goes-on.ts';
import type { AccountId, ChangeId, SpaceId } from '#lib/domain/ids.ts';
import { can, type Action } from '#lib/domain/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusals.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import { activeMember, settingsOf } from '#lib/domain/state.ts';
import { Fold } from './fold.ts';
import type { Bench } from './bench.ts';

/** So many names are told when somebody asks who may do a thing. */
const namesTold = 4;

/** What is done to an account, not to a membership: it is judged where the account is at home (AC1, AC8, ER1). */
const ofAccounts: ReadonlySet<Action> = new Set([
  'set-password',
  'edit-account-names',
  'edit-username',
  'erase-account',
  'hand-over'
]);

/** Where what is about the member's account is to be asked for: in its home, if the person is in it; else here. */
export function homeOf(work: Bench, space: SpaceId, member: AccountId): SpaceId {
  const home = work.view.directory.public(member)?.home;
  return home && activeMember(work.stateOf(home), work.me.account) ? home : space;
}

/** RO1: the role of the signed-in person that counts there now, on this device. */
export function roleIn(work: Bench, space: SpaceId): Role {
  const actor = actorIn(work.stateOf(space), work.view.directory, work.standing, work.today);
  return isRefusal(actor) ? 'pupil' : actor.role;
}

/** Whether the signed-in person may do it there and now, to this member or giving this role; else why not. */
export function may(
  work: Bench,
  space: SpaceId,
  action: Action,
  member?: AccountId,
  role?: Role
): true | Refusal {
  const { directory } = work.view;
  const { account } = work.me;
  const known = member && directory.public(member);
  const ownAdult = member === account && known?.custody.kind === 'self';
  if (action === 'edit-account-names' && ownAdult) return true;
  if (action === 'set-password' && member === account) return refuse('only-custodian-or-home');
  if (action === 'set-password' && known?.custody.kind === 'self') return refuse('account-adult');
  const where = member && ofAccounts.has(action) ? homeOf(work, space, member) : space;
  // AC1: only at home can be seen whether the custodian is still an active teacher there.
  if ((action === 'set-password' || action === 'hand-over') && known && known.home !== where)
    return refuse('only-custodian-or-home');
  const allowed = can(roleIn(work, where), action, target(work, where, account, member, role));
  if (allowed !== true) return allowed;
  const archived = work.stateOf(where).members.meta.get('space')?.archived !== undefined;
  return archived && !goesOnArchived(action) ? refuse('space-archived') : true;
}

/** The display names of members who may do it, for the reason beside a greyed button. */
export function whoMay(work: Bench, space: SpaceId, action: Action, member?: AccountId): readonly string[] {
  const where = member && ofAccounts.has(action) ? homeOf(work, space, member) : space;
  const names: string[] = [];
  for (const [id, { role, status }] of work.stateOf(where).members.members) {
    if (!isStaff(role) || status.is !== 'active' || names.length >= namesTold) continue;
    if (can(role, action, target(work, where, id as AccountId, member)) === true)
      names.push(work.nameOf(where, id));
  }
  return names;
}

/** What the rules would say of a command now, without doing it: the reason stands on the screen before one tries. */
export function judge<Name extends CommandName>(
  work: Bench,
  space: SpaceId,
  name: Name,
  args: CommandArgs[Name]
): true | Refusal {
  const { session, view, device, today } = work;
  const change: Change<Name> = {
    id: crypto.randomUUID() as ChangeId,
    space,
    device: device.id,
    session: session.id,
    actor: session.account,
    key: session.key,
    name,
    args,
    after: [],
    at: today
  };
  const decision = new Fold(view).take(change as Change, { device, now: today });
  return isRefusal(decision) ? decision : true;
}

function target(work: Bench, space: SpaceId, actor: AccountId, member?: AccountId, role?: Role) {
  const state = work.stateOf(space);
  const { directory } = work.view;
  const about = member
    ? { ...memberTarget(state, directory, member, actor), mine: member === actor }
    : { settings: settingsOf(state) };
  return role ? { ...about, role } : about;
}

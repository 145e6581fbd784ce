import type { Directory } from '../directory.ts';
import { tellHome } from '../elsewhere.ts';
import type { AccountId } from '../ids.ts';
import { memberTarget } from '../member-target.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import type { Member, SpaceState } from '../state.ts';
import { outcome, type Ground, type MemberCommand, type Outcome } from './command.ts';
import { neverWas } from './joining-answer.ts';

/** ME5 (G9, G12, G13): ends a membership here; the account lives on, and 30 days the membership can come back. */
export const memberRemove: MemberCommand<'member.remove'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: ['edit-membership'],
    about: ({ member }) => ({ is: 'account', id: member }),
    makes: 'nothing',
    log: { kind: 'members' }
  },
  sensitive: true,
  judge: (ground, { args, actor }, { role }) => {
    const { state, directory } = ground;
    const member = state.members.members.get(args.member);
    if (!member) return refuse('unknown-member');
    const allowed = can(role, 'edit-membership', removalTarget(state, directory, args.member, actor));
    if (isRefusal(allowed)) return allowed;
    if (member.status.is === 'removed' || member.status.is === 'erased') return refuse('member-removed');
    return ended(ground, args.member, member);
  }
};

/** JO7: a request to a home can be taken back by whoever made it, as if the pupil were their own. */
function removalTarget(state: SpaceState, directory: Directory, member: AccountId, actor: AccountId) {
  const target = memberTarget(state, directory, member, actor);
  const waiting = state.members.members.get(member)?.status.is === 'waiting';
  return waiting && state.staff.joinings.get(member)?.by === actor ? { ...target, own: true } : target;
}

/** The membership ends, and the home is told. */
export function ended(ground: Ground, account: AccountId, member: Member): Outcome {
  const told = tellHome(ground, account, null);
  if (member.status.is === 'waiting') return outcome(...neverWas(account, ground.state.id, member), ...told);
  const removed = { ...member, status: { is: 'removed', on: ground.now } } as const;
  return outcome({ doc: 'members', map: 'members', key: account, value: removed }, ...told);
}

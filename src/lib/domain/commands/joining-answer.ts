import type { Change } from '../change.ts';
import type { Actor } from '../effective-role.ts';
import { elsewhereKey } from '../elsewhere.ts';
import { memberTarget } from '../member-target.ts';
import { can } from '../permissions.ts';
import type { Put } from '../puts.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import type { Member } from '../state.ts';
import { outcome, type Ground, type MemberCommand, type Outcome } from './command.ts';
import { spacesWith } from './pupil-add-existing.ts';

/**
 * JO6: the pupil's own teacher, or an administrator of the home, says yes to a membership elsewhere, says no, or ends
 * it later. Said in the home, where it is seen who they are; whoever added the pupil there is told of a no.
 */
export const joiningAnswer: MemberCommand<'joining.answer'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['answer-joining'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'members', detail: ({ allow }) => ({ allow }) },
    spaces: ({ space }) => [space]
  },
  sensitive: true,
  whileArchived: true,
  judge
};

function judge(ground: Ground, change: Change<'joining.answer'>, { role }: Actor): Outcome | Refusal {
  const { state, directory, now, elsewhere } = ground;
  const { args, actor, id } = change;
  const { account, space } = args;
  const allowed = can(role, 'answer-joining', memberTarget(state, directory, account, actor));
  if (isRefusal(allowed)) return allowed;
  // PE33 is about pupils: where an adult is a member is for nobody's home to say.
  if (directory.public(account)?.custody.kind === 'self') return refuse('account-adult');
  const key = elsewhereKey(account, space);
  const entry = state.staff.elsewhere.get(key);
  if (!entry) return refuse('joining-unknown');
  if (args.allow && entry.status === 'active') return refuse('member-active');

  const value = args.allow ? ({ ...entry, status: 'active' } as const) : null;
  const puts: Put[] = [{ doc: 'staff', map: 'elsewhere', key, value }];
  // A tablet that does not follow the other TwinSpace sees only its own side; the relay writes both.
  const other = elsewhere(space);
  const member = other?.members.members.get(account);
  if (!other || !member) return outcome(...puts);
  if (args.allow) {
    // SP4: nobody comes into a TwinSpace that is only read; a no goes on (SP5).
    if (other.members.meta.get('space')?.archived) return refuse('space-archived');
    const active = { ...member, status: { is: 'active' } } as const;
    puts.push({ doc: 'members', map: 'members', key: account, value: active, space });
    puts.push(...spacesWith({ ...ground, state: other }, account));
    return outcome(...puts);
  }
  if (entry.status === 'waiting') puts.push(...neverWas(account, space, member));
  else {
    const removed = { ...member, status: { is: 'removed', on: now, byHome: true } } as const;
    puts.push({ doc: 'members', map: 'members', key: account, value: removed, space });
  }
  const asker = other.staff.joinings.get(account)?.by;
  if (asker && asker !== actor) {
    const says = { code: 'home-said-no', account, display: member.display } as const;
    puts.push({ doc: 'staff', map: 'notices', key: id, value: { for: asker, on: now, says }, space });
  }
  return outcome(...puts);
}

/** JO7: of a request that ended nothing stays; a membership that had been removed before is again what it was (JO6). */
export function neverWas(
  account: Change<'joining.answer'>['actor'],
  space: Ground['state']['id'],
  { status }: Member
): readonly Put[] {
  if (status.is === 'waiting' && status.before)
    return [{ doc: 'members', map: 'members', key: account, value: status.before, space }];
  return [
    { doc: 'members', map: 'members', key: account, value: null, space },
    { doc: 'members', map: 'people', key: account, value: null, space },
    { doc: 'staff', map: 'people', key: account, value: null, space },
    { doc: 'staff', map: 'joinings', key: account, value: null, space }
  ];
}

import { keyInUse, type AccountKey, type KeyScope, type PublicAccount } from '../account.ts';
import type { Change } from '../change.ts';
import { plusDays, type CalendarDate } from '../dates.ts';
import type { Actor } from '../effective-role.ts';
import { fullKeyProblem } from '../full-key.ts';
import { memberTarget } from '../member-target.ts';
import { currentKey } from '../new-account.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import type { AccountId } from '../ids.ts';
import type { Put } from '../puts.ts';
import { isRaised } from '../raised.ts';
import { isStaff } from '../roles.ts';
import { activeMember } from '../state.ts';
import { outcome, type Ground, type KeyReason, type MemberCommand, type Outcome } from './command.ts';

/** KE4: so many days a forgotten key still counts for work already done. */
export const formerKeyDays = 30;
/** KE7: so many keys an account remembers, the newest first; older ones are forgotten. */
const rememberedKeys = 8;

/**
 * KE6 (G18): a new password is a new key. Nobody sets an adult's; a pupil's is set by the custodian or an
 * administrator of the home TwinSpace, with the reason; one's own where the settings allow it. AC7: not
 * by somebody who was raised, who is handed a link for it.
 */
export const keySet: MemberCommand<'key.set'> = {
  by: 'member',
  facts: {
    since: 1,
    argsSince: ({ key, replaces }) => (key.scope === 'classroom' ? 3 : replaces === undefined ? 1 : 2),
    asks: ['set-password', 'change-own-password'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: ({ account }) => account,
    log: { kind: 'passwords', detail: ({ reason, key }) => ({ reason, scope: key.scope }) },
    newKey: ({ account, key }) => ({ account, key })
  },
  sensitive: true,
  whileArchived: true,
  judge
};

function judge(ground: Ground, change: Change<'key.set'>, actor: Actor): Outcome | Refusal {
  const { state, directory, now } = ground;
  const { account, key, reason } = change.args;
  const known = directory.public(account);
  if (!known) return refuse('account-unknown');
  if (!state.members.members.has(account)) return refuse('unknown-member');
  if (directory.ownerOf(key.id)) return refuse('key-exists');
  const self = account === change.actor;
  // KE15: the printed code is an adult's own.
  if (reason === 'recovery' && !(self && known.custody.kind === 'self')) return refuse('not-permitted');
  // AC7: whoever gave the password in use could sign this as them.
  if (self && key.scope === 'full' && isRaised(state, directory, account)) return refuse('own-password-link');
  // KE10: who got at a classroom password or at pictures does not come to the account by it.
  const weak = self ? fullKeyProblem(actor) : undefined;
  if (weak) return weak;
  // RO3, TB9: a password typed on somebody else's device, or on a classroom tablet, is not worth an adult's account.
  const adult = self && known.custody.kind === 'self';
  if (adult && actor.capped) return refuse(actor.capped.by);
  if (adult && actor.onTablet) return refuse('device-ceiling');
  const classroom = key.scope === 'classroom' ? classroomKeyProblem(ground, change, known) : undefined;
  if (classroom) return classroom;
  const target = memberTarget(state, directory, account, change.actor);
  if (!self && known.custody.kind === 'self') return refuse('account-adult');
  // AC1: only at home can be seen whether the custodian is still an active teacher there.
  if (!self && known.home !== state.id) return refuse('only-custodian-or-home');
  // PE16: for a pupil the setting of the home counts, not that of wherever else they are a member.
  if (known.custody.kind === 'home' && known.home !== state.id) return refuse('setting-off');
  const allowed = can(actor.role, self ? 'change-own-password' : 'set-password', target);
  if (isRefusal(allowed)) return allowed;
  const distrust = reason === 'someone-knows' || reason === 'recovery';
  const fresh = currentKey(key, change.actor, now);
  const value = withNewKey(known, fresh, distrust, now, retiredBy(fresh, known, reason));
  const puts: Put[] = [{ doc: 'directory', map: 'public', key: account, value }];
  // HA3: whose hand was up has a password now; pictures open no device of their own.
  if (key.scope === 'full' && state.staff.hands.has(account))
    puts.push({ doc: 'staff', map: 'hands', key: account, value: null });
  return outcome(...puts, ...twicePuts(ground, change, known));
}

/**
 * KE9: two people gave the same pupil a new password without knowing of each other. The later at the relay counts, and
 * both are told.
 */
function twicePuts({ state, now }: Ground, change: Change<'key.set'>, known: PublicAccount): readonly Put[] {
  const { account, key, replaces } = change.args;
  const current = keyInUse(known, key.scope);
  if (!replaces || !current || current.id === replaces) return [];
  if (current.setBy === change.actor || current.setBy === account || change.actor === account) return [];
  const display = (id: AccountId): string => state.members.members.get(id)?.display ?? '';
  const notice = (whom: AccountId, other: AccountId): Put => {
    const says = { code: 'password-twice', account, by: display(other) } as const;
    const value = { for: whom, on: now, says };
    return { doc: 'staff', map: 'notices', key: `${change.id}:${whom}`, value };
  };
  return [notice(change.actor, current.setBy), notice(current.setBy, change.actor)];
}

/**
 * KE10, KE11: who sets a classroom key: an adult their own; of a pupil whoever may set the password,
 * which is asked next; nobody of somebody raised, who chooses a password first.
 */
function classroomKeyProblem(
  { state }: Ground,
  { args, actor: by }: Change<'key.set'>,
  known: PublicAccount
): Refusal | undefined {
  const self = args.account === by;
  if (known.custody.kind === 'self') return self ? undefined : refuse('account-adult');
  if (isStaff(activeMember(state, args.account)?.role ?? 'pupil')) return refuse('own-password-first');
  return self ? refuse('not-permitted') : undefined;
}

/** KE13: where somebody else knew an adult's password they may have set the classroom key as well. */
function retiredBy({ scope }: AccountKey, { custody }: PublicAccount, reason: KeyReason): KeyScope | 'every' {
  const known = reason === 'someone-knows' && custody.kind === 'self' && scope === 'full';
  return known ? 'every' : scope;
}

/**
 * KE4, KE5, AC7: the account with a new current key; those of the same scope before it, or of every scope, become former,
 * or distrusted.
 */
export function withNewKey(
  account: PublicAccount,
  key: AccountKey,
  distrust: boolean,
  now: CalendarDate,
  retires: KeyScope | 'every' = key.scope
): PublicAccount {
  const retired = account.keys.map((old): AccountKey => {
    if ((retires !== 'every' && old.scope !== retires) || old.state.is === 'distrusted') return old;
    if (distrust) return { ...old, state: { is: 'distrusted' } };
    return old.state.is === 'current'
      ? { ...old, state: { is: 'former', until: plusDays(now, formerKeyDays) } }
      : old;
  });
  // KE7: whatever is current stays, however many full ones came after a classroom key.
  const older = [...retired.filter(isCurrent), ...retired.filter((old) => !isCurrent(old))];
  return { ...account, keys: [key, ...older].slice(0, rememberedKeys) };
}

function isCurrent({ state }: AccountKey): boolean {
  return state.is === 'current';
}

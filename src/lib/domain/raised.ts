import type { PublicAccount } from './account.ts';
import { elsewhereKey, notedAtHome } from './elsewhere.ts';
import type { Ground } from './commands/command.ts';
import type { Directory, Recovery } from './directory.ts';
import type { AccountId } from './ids.ts';
import type { Put } from './puts.ts';
import { isStaff } from './roles.ts';
import { activeMember, type SpaceState } from './state.ts';

/** RO6: a pupil who was made a teacher or administrator in their home, and has chosen no password of their own yet. */
export function isRaised(state: SpaceState, directory: Directory, account: AccountId): boolean {
  const known = directory.public(account);
  const member = activeMember(state, account);
  return known?.custody.kind === 'home' && known.home === state.id && !!member && isStaff(member.role);
}

/**
 * AC10: whether a link for somebody who was raised still serves: the person is still to choose, and whoever made it is
 * still an administrator of the home.
 *
 * @param state the home of the account
 */
export function raisedLinkServes(
  state: SpaceState,
  directory: Directory,
  { account, by, revoked }: Recovery
): boolean {
  if (by === undefined || revoked) return false;
  return activeMember(state, by)?.role === 'teacher-admin' && isRaised(state, directory, account);
}

/** AC7: what else follows when somebody raised comes into their own custody. */
export function ownCustodyPuts(ground: Ground, account: AccountId, { home }: PublicAccount): readonly Put[] {
  const { state, directory } = ground;
  const puts: Put[] = [];
  // ER1: from now on only they themselves have their account erased.
  if (directory.erasure(account)) puts.push({ doc: 'directory', map: 'erasures', key: account, value: null });
  // JO4: and where they are members is no word of the home's any more.
  for (const { space } of notedAtHome(ground, account)) {
    const key = elsewhereKey(account, space);
    puts.push({ doc: 'staff', map: 'elsewhere', key, value: null, space: home });
  }
  // HA3: whose hand was up has a password now.
  if (state.staff.hands.has(account)) puts.push({ doc: 'staff', map: 'hands', key: account, value: null });
  return puts;
}

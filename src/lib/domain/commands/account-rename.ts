import type { PrivateAccount } from '../account.ts';
import { nameless, notedAtHome } from '../elsewhere.ts';
import type { LogDetail } from '../facts.ts';
import { fullKeyProblem } from '../full-key.ts';
import type { AccountId } from '../ids.ts';
import { memberTarget } from '../member-target.ts';
import { nameProblems } from '../names.ts';
import { isSchool } from '../new-account.ts';
import { can } from '../permissions.ts';
import type { Put } from '../puts.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { isStaff } from '../roles.ts';
import { activeMember } from '../state.ts';
import { isUsername, nameKey } from '../usernames.ts';
import { outcome, type CommandArgs, type Ground, type MemberCommand } from './command.ts';

/**
 * AC8 (G12, G13): the names and the school of an account, by its custodian or a home administrator; an adult's own
 * by that adult; what is not named stays as it is. The username stays, unless a home administrator changes it on purpose to a free one.
 */
export const accountRename: MemberCommand<'account.rename'> = {
  by: 'member',
  facts: {
    since: 1,
    argsSince: ({ given, family, school }) => ([given, family, school].includes(undefined) ? 2 : 1),
    asks: ['edit-account-names', 'edit-username'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'members', detail: changedNames },
    texts: { given: 'other', family: 'other', school: 'other', username: 'other' }
  },
  sensitive: true,
  whileArchived: true,
  judge: (ground, { args, actor }, standing) => {
    const { role } = standing;
    const { state, directory } = ground;
    const known = directory.private(args.account);
    const custody = directory.public(args.account)?.custody;
    if (!known || !custody || !state.members.members.has(args.account)) return refuse('unknown-member');
    const target = memberTarget(state, directory, args.account, actor);
    if (args.account !== actor || custody.kind === 'home') {
      const allowed = can(role, 'edit-account-names', target);
      if (isRefusal(allowed)) return allowed;
      if (!target.home && !teachesAtHome(ground, args.account, actor))
        return refuse('only-custodian-or-home');
    }
    // KE10: a classroom password changes nothing about one's own account; RO4: nor about one that is at home elsewhere.
    const weak = args.account === actor || !target.home ? fullKeyProblem(standing) : undefined;
    if (weak) return weak;
    const username = args.username ?? known.username;
    if (username !== known.username) {
      const allowed = can(role, 'edit-username', target);
      if (isRefusal(allowed)) return allowed;
      const holder = directory.holderOf(nameKey(username));
      if (!isUsername(username) || (holder && holder !== args.account)) return refuse('username-invalid');
    }
    const { given = known.given, family = known.family, school = known.school } = args;
    const problem = nameProblems(given)[0] ?? nameProblems(family)[0];
    if (problem) return problem;
    if (!isSchool(school)) return refuse('school-invalid');
    const value = { username, given, family, school };
    return outcome(
      { doc: 'directory', map: 'private', key: args.account, value },
      ...whereWaiting(ground, args.account, value)
    );
  }
};

/** AC1: custody counts only for whoever is an active teacher of the home; where that cannot be seen the relay sees it. */
function teachesAtHome({ directory, elsewhere }: Ground, account: AccountId, actor: AccountId): boolean {
  const home = directory.public(account)?.home;
  const at = home && elsewhere(home);
  return at === undefined || isStaff(activeMember(at, actor)?.role ?? 'pupil');
}

/** JO3: the username by which a pupil was asked for stays true where the request still waits. */
function whereWaiting(ground: Ground, account: AccountId, known: PrivateAccount): readonly Put[] {
  const before = ground.directory.private(account);
  if (before?.username === known.username && before.school === known.school) return [];
  return notedAtHome(ground, account)
    .filter(({ space, status }) => status === 'waiting' && !ground.directory.spaces(account).includes(space))
    .map(({ space }): Put => {
      return { doc: 'staff', map: 'people', key: account, value: nameless(known), space };
    });
}

/** LO3: which of the names were changed, not to what. */
function changedNames(args: CommandArgs['account.rename']): LogDetail {
  const names = ['given', 'family', 'school', 'username'] as const;
  return { changed: names.filter((name) => args[name] !== undefined) };
}

import { nameProblems } from '../names.ts';
import { isSchool } from '../new-account.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { isUsername, nameKey } from '../usernames.ts';
import { outcome, type MemberCommand } from './command.ts';
import { memberTarget } from './member-target.ts';

/**
 * AC8 (G12, G13): the names and the school of an account, by its custodian or a home administrator; an adult's own
 * by that adult; what is not named stays as it is. The username stays, unless a home administrator changes it on purpose to a free one.
 */
export const accountRename: MemberCommand<'account.rename'> = {
  by: 'member',
  sensitive: true,
  whileArchived: true,
  judge: ({ state, directory }, { args, actor }, { role }) => {
    const known = directory.private(args.account);
    const custody = directory.public(args.account)?.custody;
    if (!known || !custody || !state.members.members.has(args.account)) return refuse('unknown-member');
    const target = memberTarget(state, directory, args.account, actor);
    if (args.account !== actor || custody.kind === 'home') {
      const allowed = can(role, 'edit-account-names', target);
      if (isRefusal(allowed)) return allowed;
    }
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
    return outcome({
      doc: 'directory',
      map: 'private',
      key: args.account,
      value: { username, given, family, school }
    });
  }
};

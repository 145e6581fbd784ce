import { joiningPuts } from '../joining.ts';
import { enterAccount } from '../new-account.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { settingsOf } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';
import { mostGroupsOfMember } from './member-groups.ts';

/**
 * ME1 (G1–G6): a teacher makes an account for a pupil, at home here and in the teacher's custody, and a membership
 * with it. UN5: if another account got the username first, this one gets the next number, and its teacher is told
 * by a notice that stays. GR2: and may stand in groups from the first moment.
 */
export const pupilAdd: MemberCommand<'pupil.add'> = {
  by: 'member',
  facts: {
    since: 1,
    argsSince: ({ groups }) => (groups === undefined ? 1 : 2),
    asks: ['add-pupil', 'make-group'],
    about: ({ account }) => ({ is: 'account', id: account.id }),
    makes: ({ account }) => account.id,
    log: { kind: 'members', detail: ({ role }) => ({ role }) },
    newAccount: ({ account }) => account,
    groups: ({ groups = [] }) => groups
  },
  mayBeTakenOver: ({ role }) => role === 'pupil',
  sensitive: false,
  judge: ({ state, directory, now }, { id, args, actor }, { role }) => {
    const allowed = can(role, 'add-pupil', { role: args.role, settings: settingsOf(state) });
    if (isRefusal(allowed)) return allowed;
    const { account } = args;
    const custody = { kind: 'home', custodian: actor } as const;
    const entered = enterAccount(account, custody, state.id, actor, directory, now);
    if (isRefusal(entered)) return entered;
    const groups = args.groups ?? [];
    if (groups.length > mostGroupsOfMember) return refuse('too-many-groups');
    for (const id of groups) {
      const group = state.members.groups.get(id);
      if (!group) return refuse('group-unknown');
      const mine = can(role, 'make-group', { own: group.owner === actor });
      if (isRefusal(mine)) return mine;
    }
    const joining = joiningPuts(account.id, account.display, args.role, actor, now, groups);
    const made = outcome(...entered.puts, ...joining);
    if (entered.username === account.username) return made;

    const says = {
      code: 'renumbered',
      account: account.id,
      from: account.username,
      to: entered.username
    } as const;
    return {
      puts: [...made.puts, { doc: 'staff', map: 'notices', key: id, value: { for: actor, on: now, says } }],
      notes: [says]
    };
  }
};

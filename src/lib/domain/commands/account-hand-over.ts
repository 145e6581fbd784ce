import { memberTarget } from '../member-target.ts';
import type { Put } from '../puts.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { isStaff } from '../roles.ts';
import { activeMember } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * AC9: a pupil comes into the custody of another teacher: by their own teacher, or by an administrator; in the
 * pupil's home, where it is seen who those are. The new one is told.
 */
export const accountHandOver: MemberCommand<'account.hand-over'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['hand-over'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'members', detail: ({ to }) => ({ to }) }
  },
  sensitive: true,
  whileArchived: true,
  judge: ({ state, directory, now }, { id, args, actor }, { role }) => {
    const known = directory.public(args.account);
    if (!known) return refuse('account-unknown');
    if (known.custody.kind === 'self') return refuse('account-adult');
    const allowed = can(role, 'hand-over', memberTarget(state, directory, args.account, actor));
    if (isRefusal(allowed)) return allowed;
    if (known.home !== state.id) return refuse('only-custodian-or-home');
    if (known.custody.custodian === args.to) return refuse('same-custodian');
    const colleague = activeMember(state, args.to);
    if (!colleague || !isStaff(colleague.role) || directory.public(args.to)?.custody.kind !== 'self')
      return refuse('colleague-unknown');
    const custody = { kind: 'home', custodian: args.to } as const;
    const puts: Put[] = [
      { doc: 'directory', map: 'public', key: args.account, value: { ...known, custody } }
    ];
    if (args.to !== actor) {
      const by = state.members.members.get(actor)?.display ?? '';
      const says = { code: 'handed-over', account: args.account, by } as const;
      puts.push({ doc: 'staff', map: 'notices', key: id, value: { for: args.to, on: now, says } });
    }
    return outcome(...puts);
  }
};

import { memberTarget } from '../member-target.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** HA3: who could give the new password says that none is needed. */
export const handLower: MemberCommand<'hand.lower'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['set-password'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: 'unlogged'
  },
  sensitive: false,
  whileArchived: true,
  judge: ({ state, directory }, { args, actor }, { role }) => {
    const allowed = can(role, 'set-password', memberTarget(state, directory, args.account, actor));
    if (isRefusal(allowed)) return allowed;
    if (!state.staff.hands.has(args.account)) return refuse('hand-unknown');
    return outcome({ doc: 'staff', map: 'hands', key: args.account, value: null });
  }
};

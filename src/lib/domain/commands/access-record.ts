import { earlier, plusDays } from '../dates.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * ME7 (G8): somebody signed in on a day. Only a later day than the known one counts, and none later than the day
 * after the relay's (it may be tomorrow already where the tablet is): a clock that runs years ahead makes no last
 * access in the future.
 */
export const accessRecord: MemberCommand<'access.record'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: [],
    about: 'actor',
    makes: 'nothing',
    log: 'unlogged'
  },
  sensitive: false,
  whileArchived: true,
  judge: ({ state, now }, { args, actor }) => {
    const on = earlier(args.on, plusDays(now, 1));
    const known = state.staff.access.get(actor);
    if (known && known >= on) return outcome();
    return outcome({ doc: 'staff', map: 'access', key: actor, value: on });
  }
};

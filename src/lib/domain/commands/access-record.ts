import { earlier } from '../dates.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * ME7 (G8): somebody signed in on a day. Only a later day than the known one counts, and none later than the day of
 * receipt: a tablet whose clock runs ahead does not make a last access in the future.
 */
export const accessRecord: MemberCommand<'access.record'> = {
  by: 'member',
  sensitive: false,
  judge: ({ state, now }, { args, actor }) => {
    const on = earlier(args.on, now);
    const known = state.staff.access.get(actor);
    if (known && known >= on) return outcome();
    return outcome({ doc: 'staff', map: 'access', key: actor, value: on });
  }
};

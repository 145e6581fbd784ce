import { refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** NO2: whom a notice is for says that it has been dealt with. */
export const noticeDismiss: MemberCommand<'notice.dismiss'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: [],
    about: 'actor',
    makes: 'nothing',
    log: 'unlogged',
    texts: { notice: 'other' }
  },
  sensitive: false,
  whileArchived: true,
  judge: ({ state }, { args, actor }) => {
    const notice = state.staff.notices.get(args.notice);
    if (notice?.for !== actor) return refuse('notice-unknown');
    return outcome({ doc: 'staff', map: 'notices', key: args.notice, value: null });
  }
};

import { aboutPage, pageIn, pageTarget, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { unpublished } from '../visits.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA4, PU4: whoever gives permission for a page shows it to everybody here, or makes a draft of it again. */
export const pageShow: MemberCommand<'page.show'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['give-page-permission'],
    log: { kind: 'pages', detail: ({ shown }) => ({ shown }) }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const page = pageIn(state, args.page);
    const allowed = can(role, 'give-page-permission', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    const { draft: _, ...shown } = page;
    return outcome(...putPage(state, args.page, args.shown ? shown : { ...unpublished(shown), draft: true }));
  }
};

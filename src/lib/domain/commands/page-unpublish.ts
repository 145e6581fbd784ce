import { aboutPage, pageIn, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { unpublished } from '../visits.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PU4: visitors see nothing of the page any more; where they never did, nothing is done. */
export const pageUnpublish: MemberCommand<'page.unpublish'> = {
  by: 'member',
  facts: { ...aboutPage, since: 6, asks: ['publish'], log: { kind: 'pages' } },
  sensitive: false,
  whileArchived: true,
  judge: ({ state }, { args }, { role }) => {
    const allowed = can(role, 'publish');
    if (isRefusal(allowed)) return allowed;
    const page = pageIn(state, args.page);
    if (!page) return refuse('page-unknown');
    return page.published ? outcome(...putPage(state, args.page, unpublished(page))) : outcome();
  }
};

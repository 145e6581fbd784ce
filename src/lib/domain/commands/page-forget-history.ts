import { aboutPage, pageIn, pageTarget, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA13: whoever may delete a page has forgotten what stood in it before; what stands in it now stays. */
export const pageForgetHistory: MemberCommand<'page.forget-history'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['delete-page'],
    log: { kind: 'pages' }
  },
  sensitive: true,
  judge: ({ state, now }, { args, actor, id: change }, { role }) => {
    const page = pageIn(state, args.page);
    const allowed = can(role, 'delete-page', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    // FA9: who wrote in it is told no more; FA4: that it was read in is known still.
    const from = page.from && { from: { on: page.from.on, by: [] } };
    return outcome(
      ...putPage(state, args.page, { ...page, ...from, forgotten: { by: actor, on: now, change } })
    );
  }
};

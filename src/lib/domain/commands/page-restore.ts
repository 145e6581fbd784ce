import { plusDays } from '../dates.ts';
import { aboutPage, pageIn, pagesIn, pageTarget, putPage, trashDays } from '../pages.ts';
import { can } from '../permissions.ts';
import type { Page } from '../records.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { saidIn } from '../said.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA7: for 30 days a page comes back with what went with it; at the top where the page above it did not. */
export const pageRestore: MemberCommand<'page.restore'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['delete-page'],
    log: { kind: 'pages' }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const page = pageIn(state, args.page);
    const allowed = can(role, 'delete-page', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    const { trashed } = page;
    if (!trashed) return refuse('page-not-trashed');
    if (plusDays(trashed.on, trashDays) < now) return refuse('restore-too-late');
    const back = new Set([args.page]);
    for (const [id, one] of pagesIn(state)) if (one.trashed?.with === args.page) back.add(id);
    const said = saidIn(state);
    const puts = [...back].flatMap((id) => {
      const one = pageIn(state, id);
      return one ? putPage(state, id, untrashed(one), said) : [];
    });
    return outcome(...puts);

    function untrashed({ trashed: _, parent, ...rest }: Page): Page {
      if (parent === undefined) return rest;
      const above = pageIn(state, parent);
      return above && (!above.trashed || back.has(parent)) ? { ...rest, parent } : rest;
    }
  }
};

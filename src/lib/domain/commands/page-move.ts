import { frozenFor } from '../page-writing.ts';
import {
  aboutPage,
  depthUnder,
  isOrder,
  levelsFrom,
  mostDepth,
  pageIn,
  pageTarget,
  putPage,
  withThoseUnder
} from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * PA9: whoever may write in a page, and make pages where it stands and where it goes, moves it with all that stand under
 * it. Of moves that were made without knowing of each other each is done, but for one that would put a page under itself.
 */
export const pageMove: MemberCommand<'page.move'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['edit-page', 'create-page'],
    log: { kind: 'pages' },
    pages: ({ page, parent }) => (parent === undefined ? [page] : [page, parent]),
    texts: { order: 'other' }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const page = pageIn(state, args.page);
    const mayEdit = can(role, 'edit-page', page && pageTarget(state, page, actor, now));
    if (isRefusal(mayEdit)) return mayEdit;
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    const places = [page.parent, args.parent].map((id) => (id === undefined ? undefined : pageIn(state, id)));
    for (const place of places) {
      const mayMake = can(role, 'create-page', place && pageTarget(state, place, actor, now));
      if (isRefusal(mayMake)) return mayMake;
    }
    for (const one of [page, ...places]) {
      const frozen = one && frozenFor(state, one, actor, role, now);
      if (frozen) return frozen;
    }
    const { parent, order } = args;
    if (!isOrder(order)) return refuse('malformed');
    if (places[1]?.trashed) return refuse('page-trashed');
    if (parent !== undefined && withThoseUnder(state, args.page).includes(parent))
      return refuse('page-inside-itself');
    const depth = depthUnder(state, parent);
    if (depth === undefined) return refuse('page-unknown');
    if (depth + levelsFrom(state, args.page) > mostDepth) return refuse('pages-too-deep');
    const { parent: _, ...rest } = page;
    const moved = { ...rest, ...(parent === undefined ? {} : { parent }), order };
    return outcome(...putPage(state, args.page, moved));
  }
};

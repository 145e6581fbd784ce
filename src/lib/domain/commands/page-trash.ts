import { aboutPage, pageIn, pageTarget, putPage, withThoseUnder } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { saidIn } from '../said.ts';
import { unpublished } from '../visits.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA7, PU4: a page goes into the trash with all that stand under it; those that were there before stay by themselves. */
export const pageTrash: MemberCommand<'page.trash'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['delete-page'],
    log: { kind: 'pages' }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const top = pageIn(state, args.page);
    const allowed = can(role, 'delete-page', top && pageTarget(state, top, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!top) return refuse('page-unknown');
    if (top.trashed) return refuse('page-trashed');
    const said = saidIn(state);
    const puts = withThoseUnder(state, args.page).flatMap((id) => {
      const page = pageIn(state, id);
      if (!page || page.trashed) return [];
      // PA7: a teacher takes no colleague's page along.
      const theirs = can(role, 'delete-page', pageTarget(state, page, actor, now));
      if (isRefusal(theirs)) return [];
      const trashed = { by: actor, on: now, with: args.page };
      return putPage(state, id, { ...unpublished(page), trashed }, said);
    });
    return outcome(...puts);
  }
};

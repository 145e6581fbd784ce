import { aboutPage, pageIn, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * PU1: an administrator publishes a page as it stands, also again. That it says what was looked at the relay asks of its
 * text (PU2).
 */
export const pagePublish: MemberCommand<'page.publish'> = {
  by: 'member',
  facts: { ...aboutPage, since: 6, asks: ['publish'], log: { kind: 'pages' } },
  sensitive: true,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const allowed = can(role, 'publish');
    if (isRefusal(allowed)) return allowed;
    const page = pageIn(state, args.page);
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    if (page.draft) return refuse('page-draft');
    const { digest } = args;
    // PU2: visitors see this already, since another day.
    if (page.published?.digest === digest) return outcome();
    return outcome(...putPage(state, args.page, { ...page, published: { by: actor, on: now, digest } }));
  }
};

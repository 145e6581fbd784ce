import { aboutPage, pageIn, pageTarget, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** HI1: a pupil who may write in a page hands it in, and takes it back. */
export const pageHandIn: MemberCommand<'page.hand-in'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    since: 7,
    asks: ['hand-in'],
    log: { kind: 'pages', detail: ({ handed }) => ({ handed }) }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const page = pageIn(state, args.page);
    const allowed = can(role, 'hand-in', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    const { handedIn, givenBack: _, ...without } = page;
    if (args.handed && handedIn) return refuse('page-handed-in');
    if (!args.handed && !handedIn) return refuse('page-not-handed-in');
    const value = args.handed ? { ...without, handedIn: { by: actor, on: now } } : without;
    return outcome(...putPage(state, args.page, value));
  }
};

import { aboutPage, pageIn, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** HI2: a teacher gives back what was handed in; what they say of it is a comment. */
export const pageGiveBack: MemberCommand<'page.give-back'> = {
  by: 'member',
  facts: { ...aboutPage, since: 7, asks: ['give-back'], log: { kind: 'pages' } },
  sensitive: false,
  judge: ({ state, now }, { args }, { role }) => {
    const allowed = can(role, 'give-back');
    if (isRefusal(allowed)) return allowed;
    const page = pageIn(state, args.page);
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    const { handedIn, ...without } = page;
    if (!handedIn) return refuse('page-not-handed-in');
    return outcome(...putPage(state, args.page, { ...without, givenBack: now }));
  }
};

import { aboutPage, isTitle, pageIn, pageTarget, putPage } from '../pages.ts';
import { frozenFor } from '../page-writing.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA6, PA10: whoever may write in a page gives it another title. */
export const pageRename: MemberCommand<'page.rename'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['edit-page'],
    log: { kind: 'pages' },
    texts: { title: 'called' }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const page = pageIn(state, args.page);
    const allowed = can(role, 'edit-page', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    const frozen = frozenFor(state, page, actor, role, now);
    if (frozen) return frozen;
    if (!isTitle(args.title)) return refuse('display-invalid');
    return outcome(...putPage(state, args.page, { ...page, title: args.title }));
  }
};

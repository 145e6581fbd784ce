import { aboutPage, groupsOf, pageIn, pageTarget, putPage, sameGrantee } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA5: whoever could give a page takes it back; where nothing was given, nothing changes. */
export const pageWithdraw: MemberCommand<'page.withdraw'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['give-page-permission'],
    log: { kind: 'pages', detail: ({ to }) => ({ to: to.is }) },
    groups: ({ to }) => groupsOf(to)
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const page = pageIn(state, args.page);
    const allowed = can(role, 'give-page-permission', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    const editors = page.editors.filter(({ to }) => !sameGrantee(to, args.to));
    if (editors.length === page.editors.length) return outcome();
    return outcome(...putPage(state, args.page, { ...page, editors }));
  }
};

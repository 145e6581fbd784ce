import { aboutPage, pageIn, pageTarget, putPage } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA10: whoever gives permission for a page freezes it, and lets everybody who may write in it go on again. */
export const pageFreeze: MemberCommand<'page.freeze'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['give-page-permission'],
    log: { kind: 'pages', detail: ({ frozen }) => ({ frozen }) }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const page = pageIn(state, args.page);
    const allowed = can(role, 'give-page-permission', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    const { frozen: _, ...thawed } = page;
    const frozen = { ...thawed, frozen: { by: actor, on: now } };
    return outcome(...putPage(state, args.page, args.frozen ? frozen : thawed));
  }
};

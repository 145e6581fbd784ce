import { aboutPage, pageIn } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA12: an administrator says with which page the TwinSpace begins. */
export const pageHome: MemberCommand<'page.home'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['change-settings'],
    log: { kind: 'pages', detail: ({ home }) => ({ home }) }
  },
  sensitive: false,
  judge: ({ state }, { args }, { role }) => {
    const allowed = can(role, 'change-settings');
    if (isRefusal(allowed)) return allowed;
    const meta = state.members.meta.get('space');
    if (!meta) return refuse('space-unknown');
    const page = pageIn(state, args.page);
    if (!page) return refuse('page-unknown');
    if (args.home && page.trashed) return refuse('page-trashed');
    if (!args.home && meta.home !== args.page) return outcome();
    const { home: _, ...without } = meta;
    const value = args.home ? { ...without, home: args.page } : without;
    return outcome({ doc: 'members', map: 'meta', key: 'space', value });
  }
};

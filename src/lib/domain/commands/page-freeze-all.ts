import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA10: an administrator freezes all pages at once, and thaws them; what was frozen by itself stays so. */
export const pageFreezeAll: MemberCommand<'page.freeze-all'> = {
  by: 'member',
  facts: {
    since: 4,
    asks: ['change-settings'],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'pages', detail: ({ frozen }) => ({ frozen }) }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const allowed = can(role, 'change-settings');
    if (isRefusal(allowed)) return allowed;
    const meta = state.members.meta.get('space');
    if (!meta) return refuse('space-unknown');
    const { frozen: _, ...thawed } = meta;
    const value = args.frozen ? { ...thawed, frozen: { by: actor, on: now } } : thawed;
    return outcome({ doc: 'members', map: 'meta', key: 'space', value });
  }
};

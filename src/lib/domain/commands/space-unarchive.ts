import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** SP5: an administrator opens an archived TwinSpace again. */
export const spaceUnarchive: MemberCommand<'space.unarchive'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['archive'],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'settings' }
  },
  sensitive: true,
  whileArchived: true,
  judge: ({ state }, __, { role }) => {
    const allowed = can(role, 'archive');
    if (isRefusal(allowed)) return allowed;
    const meta = state.members.meta.get('space');
    if (!meta?.archived) return refuse('not-archived');
    const { archived: _, ...living } = meta;
    return outcome({ doc: 'members', map: 'meta', key: 'space', value: living });
  }
};

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
  judge: ({ state }, _, { role }) => {
    const allowed = can(role, 'archive');
    if (isRefusal(allowed)) return allowed;
    const { archived, ...meta } = state.members.meta.get('space') ?? { name: '', founded: undefined };
    if (!archived || meta.founded === undefined) return refuse('not-archived');
    const { name, founded } = meta;
    return outcome({ doc: 'members', map: 'meta', key: 'space', value: { name, founded } });
  }
};

import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** SP4: an administrator closes the TwinSpace: it is only read from then on. */
export const spaceArchive: MemberCommand<'space.archive'> = {
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
  judge: ({ state, now }, _, { role }) => {
    const allowed = can(role, 'archive');
    if (isRefusal(allowed)) return allowed;
    const meta = state.members.meta.get('space');
    if (!meta || meta.archived) return refuse('archived-already');
    return outcome({ doc: 'members', map: 'meta', key: 'space', value: { ...meta, archived: now } });
  }
};

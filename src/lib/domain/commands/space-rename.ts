import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** SP3: an administrator gives the TwinSpace another name. */
export const spaceRename: MemberCommand<'space.rename'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['change-settings'],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'settings' },
    texts: { name: 'other' }
  },
  sensitive: true,
  judge: ({ state }, { args }, { role }) => {
    const allowed = can(role, 'change-settings');
    if (isRefusal(allowed)) return allowed;
    const meta = state.members.meta.get('space');
    if (!meta) return refuse('space-unknown');
    if (!isDisplay(args.name)) return refuse('display-invalid');
    return outcome({ doc: 'members', map: 'meta', key: 'space', value: { ...meta, name: args.name } });
  }
};

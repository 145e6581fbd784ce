import { memberTarget } from '../member-target.ts';
import { isProfile } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { activeMember } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ME10: what a member tells of themselves, for everybody here to see; edited and taken away also by those of PE34. */
export const memberProfile: MemberCommand<'member.profile'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: ['edit-profile'],
    about: ({ member }) => ({ is: 'account', id: member }),
    makes: 'nothing',
    log: { kind: 'members' },
    texts: { text: 'words' }
  },
  sensitive: false,
  mayBeTakenOver: () => true,
  judge: ({ state, directory }, { args, actor }, { role }) => {
    const { member: whose, text } = args;
    const target = { ...memberTarget(state, directory, whose, actor), mine: whose === actor };
    const allowed = can(role, 'edit-profile', target);
    if (isRefusal(allowed)) return allowed;
    const member = activeMember(state, whose);
    if (!member) return refuse('unknown-member');
    if (text !== '' && !isProfile(text)) return refuse('profile-invalid');
    const { profile: _, ...rest } = member;
    const value = text === '' ? rest : { ...rest, profile: text };
    return outcome({ doc: 'members', map: 'members', key: whose, value });
  }
};

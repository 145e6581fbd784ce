import { isContact } from '../names.ts';
import { refuse } from '../refusals.ts';
import { isStaff } from '../roles.ts';
import { activeMember } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ME9: an adult says how they can be reached, for everybody here to see; nobody says it for somebody else. */
export const memberContact: MemberCommand<'member.contact'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: [],
    about: 'actor',
    makes: 'nothing',
    log: 'unlogged',
    texts: { contact: 'words' }
  },
  sensitive: false,
  judge: ({ state }, { args, actor }, { role }) => {
    const member = activeMember(state, actor);
    if (!member || !isStaff(role)) return refuse('not-permitted');
    if (!isContact(args.contact)) return refuse('contact-invalid');
    const { contact: _, ...rest } = member;
    const value = args.contact === '' ? rest : { ...rest, contact: args.contact };
    return outcome({ doc: 'members', map: 'members', key: actor, value });
  }
};

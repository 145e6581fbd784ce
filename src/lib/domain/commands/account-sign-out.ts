import { fullKeyProblem } from '../full-key.ts';
import { refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/**
 * MY9: somebody signs out on every device but this one. No document says so: on which devices an account is let in is
 * the relay's to know, and it ends that with the change.
 */
export const accountSignOut: MemberCommand<'account.sign-out'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: [],
    about: 'actor',
    makes: 'nothing',
    log: 'unlogged'
  },
  sensitive: true,
  whileArchived: true,
  judge: ({ directory }, { actor: account }, actor) => {
    // RO3, RO4: a password typed on somebody else's device ends nothing of an adult's elsewhere.
    if (directory.public(account)?.custody.kind === 'self' && actor.capped) return refuse(actor.capped.by);
    return fullKeyProblem(actor) ?? outcome();
  }
};

import { plusDays } from '../dates.ts';
import { fullKeyProblem } from '../full-key.ts';
import { memberTarget } from '../member-target.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';
import { formerKeyDays } from './key-set.ts';

/**
 * KE12: takes a classroom key away: an adult's by that adult, a pupil's pictures by whoever may set the password. What
 * was done with it already still counts, as with a forgotten one (KE4).
 */
export const keyRemove: MemberCommand<'key.remove'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: ['set-password'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'passwords' }
  },
  sensitive: true,
  whileArchived: true,
  judge: ({ state, directory, now }, { args, actor: by }, actor) => {
    const { account, keyId } = args;
    const known = directory.public(account);
    if (!known) return refuse('account-unknown');
    const key = known.keys.find(({ id }) => id === keyId);
    if (key?.scope !== 'classroom') return refuse('key-unknown');
    if (known.custody.kind === 'self') {
      if (account !== by) return refuse('account-adult');
      const full = fullKeyProblem(actor);
      if (full) return full;
    } else {
      if (known.home !== state.id) return refuse('only-custodian-or-home');
      const allowed = can(actor.role, 'set-password', memberTarget(state, directory, account, by));
      if (isRefusal(allowed)) return allowed;
    }
    if (key.state.is !== 'current') return outcome();
    const until = plusDays(now, formerKeyDays);
    const keys = known.keys.map((one) =>
      one.id === keyId ? { ...one, state: { is: 'former', until } as const } : one
    );
    return outcome({ doc: 'directory', map: 'public', key: account, value: { ...known, keys } });
  }
};

import { plusDays } from '../dates.ts';
import { fullKeyProblem } from '../full-key.ts';
import { can } from '../permissions.ts';
import type { Put } from '../puts.ts';
import { isRaised } from '../raised.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** AC10: the longest life of the link with which somebody raised chooses a password, in days. */
export const longestPasswordLink = 30;

/**
 * AC10: an administrator of the home makes the link with which somebody whom they raised chooses a password that nobody
 * else knows. A new one takes the place of those before.
 */
export const passwordLink: MemberCommand<'password.link'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: ['edit-access'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'links', detail: ({ expires }) => ({ expires }) }
  },
  sensitive: true,
  whileArchived: true,
  judge: ({ state, directory, now }, { args, actor: by }, actor) => {
    const { account, secretHash, expires } = args;
    const allowed = can(actor.role, 'edit-access');
    if (isRefusal(allowed)) return allowed;
    const full = fullKeyProblem(actor);
    if (full) return full;
    const known = directory.public(account);
    if (!known || !state.members.members.has(account)) return refuse('unknown-member');
    if (known.custody.kind === 'self') return refuse('account-adult');
    if (known.home !== state.id) return refuse('only-home-administrators');
    if (!isRaised(state, directory, account)) return refuse('not-raised');
    if (expires < now || expires > plusDays(now, longestPasswordLink)) return refuse('invitation-expiry');
    if (directory.recovery(secretHash)) return refuse('invitation-exists');
    const before = [...directory.recoveriesOf(account)].filter(([, one]) => !one.used && !one.revoked);
    const ended = before.map(([key, one]): Put => {
      return { doc: 'directory', map: 'recoveries', key, value: { ...one, revoked: true } };
    });
    const value = { account, expires, used: false, by };
    return outcome(...ended, { doc: 'directory', map: 'recoveries', key: secretHash, value });
  }
};

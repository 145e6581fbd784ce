import { plusDays } from '../dates.ts';
import { fullKeyProblem } from '../full-key.ts';
import { memberTarget } from '../member-target.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import { nameKey } from '../usernames.ts';
import type { AccountId } from '../ids.ts';
import type { Actor } from '../effective-role.ts';
import { outcome, type Ground, type MemberCommand } from './command.ts';

/** ER2: so many days an erasure can be called off. */
export const erasureDays = 7;

/**
 * ER1: an administrator of a pupil's home has the account erased, an adult their own, with the username typed out. It
 * is done on the day `due`, by the relay (ER5); until then the account goes on and it can be called off.
 */
export const accountErase: MemberCommand<'account.erase'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['erase-account'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'members' },
    texts: { typed: 'other' }
  },
  sensitive: true,
  whileArchived: true,
  judge: (ground, { args }, actor) => {
    const allowed = mayErase(ground, args.account, actor);
    if (isRefusal(allowed)) return allowed;
    if (ground.directory.erasure(args.account)) return refuse('erasure-begun');
    const username = ground.directory.private(args.account)?.username;
    if (username === undefined || nameKey(args.typed) !== nameKey(username))
      return refuse('erasure-unconfirmed');
    const { now } = ground;
    const value = { by: actor.account, on: now, due: plusDays(now, erasureDays) };
    return outcome({ doc: 'directory', map: 'erasures', key: args.account, value });
  }
};

/** ER1: adults erase only themselves; a pupil is erased where the home is, by those whom PE14 names. */
export function mayErase({ state, directory }: Ground, account: AccountId, actor: Actor): true | Refusal {
  const known = directory.public(account);
  if (!known || !state.members.members.has(account)) return refuse('unknown-member');
  if (known.custody.kind === 'self') {
    if (account !== actor.account) return refuse('account-adult');
    // RO3, RO4: a password typed on somebody else's device is not worth one's account.
    if (actor.capped) return refuse(actor.capped.by);
    return fullKeyProblem(actor) ?? true;
  }
  return can(actor.role, 'erase-account', memberTarget(state, directory, account, actor.account));
}

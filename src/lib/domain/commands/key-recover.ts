import { currentKey } from '../new-account.ts';
import { ownCustodyPuts, raisedLinkServes } from '../raised.ts';
import { refuse } from '../refusals.ts';
import { outcome, type GuestCommand } from './command.ts';
import { withNewKey } from './key-set.ts';

/**
 * KE8: an adult with a one-time recovery link (made by the technician) sets a new key without the old one, which
 * counts for nothing any more: whoever asked the technician may have lost it to somebody. AC7: and somebody who was
 * raised, with the link that an administrator of the home hands over; their earlier keys are all set by others.
 */
export const keyRecover: GuestCommand<'key.recover'> = {
  by: 'guest',
  facts: {
    since: 1,
    argsSince: ({ key }) => (key.scope === 'classroom' ? 3 : 1),
    asks: [],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'passwords' },
    newKey: ({ account, key }) => ({ account, key })
  },
  judge: (ground, { args, actor, key, secretHash }) => {
    const { state, directory, now } = ground;
    const recovery = secretHash && directory.recovery(secretHash);
    if (!secretHash || !recovery || recovery.account !== args.account || actor !== args.account)
      return refuse('secret-wrong');
    if (recovery.used) return refuse('recovery-used');
    if (recovery.expires < now) return refuse('invitation-expired');
    const known = directory.public(actor);
    if (!known || !state.members.members.has(actor)) return refuse('account-unknown');
    const raised = recovery.by !== undefined;
    if (raised && !raisedLinkServes(state, directory, recovery)) return refuse('invitation-revoked');
    if (!raised && known.custody.kind !== 'self') return refuse('account-unknown');
    if (args.key.id !== key || args.key.scope !== 'full' || directory.ownerOf(key))
      return refuse('key-exists');
    // KE13: the classroom key falls, too.
    const own = { ...known, custody: { kind: 'self' } } as const;
    const value = withNewKey(own, currentKey(args.key, actor, now), true, now, 'every');
    return outcome(
      { doc: 'directory', map: 'public', key: actor, value },
      { doc: 'directory', map: 'recoveries', key: secretHash, value: { ...recovery, used: true } },
      ...(raised ? ownCustodyPuts(ground, actor, known) : [])
    );
  }
};

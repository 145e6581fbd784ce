import { currentKey } from '../new-account.ts';
import { refuse } from '../refusals.ts';
import { outcome, type GuestCommand } from './command.ts';
import { withNewKey } from './key-set.ts';

/**
 * KE8: an adult with a one-time recovery link (made by the technician) sets a new key without the old one, which
 * counts for nothing any more: whoever asked the technician may have lost it to somebody.
 */
export const keyRecover: GuestCommand<'key.recover'> = {
  by: 'guest',
  judge: ({ state, directory, now }, { args, actor, key, secretHash }) => {
    const recovery = secretHash && directory.recovery(secretHash);
    if (!secretHash || !recovery || recovery.account !== args.account || actor !== args.account)
      return refuse('secret-wrong');
    if (recovery.used) return refuse('recovery-used');
    if (recovery.expires < now) return refuse('invitation-expired');
    const known = directory.public(actor);
    if (known?.custody.kind !== 'self' || !state.members.members.has(actor)) return refuse('account-unknown');
    if (args.key.id !== key || args.key.scope !== 'full' || directory.ownerOf(key))
      return refuse('key-exists');
    return outcome(
      {
        doc: 'directory',
        map: 'public',
        key: actor,
        // KE13: the classroom key too.
        value: withNewKey(known, currentKey(args.key, actor, now), true, now, 'every')
      },
      { doc: 'directory', map: 'recoveries', key: secretHash, value: { ...recovery, used: true } }
    );
  }
};

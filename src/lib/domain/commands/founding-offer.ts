import { plusDays } from '../dates.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { can } from '../permissions.ts';
import { outcome, type MemberCommand } from './command.ts';

/** SP2: the longest life of a founding link, in days. */
export const longestOffer = 30;

/** SP2: an administrator gives another adult a link to found a TwinSpace on this relay. */
export const foundingOffer: MemberCommand<'founding.offer'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: ['invite-teacher'],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'links', detail: ({ expires }) => ({ expires }) }
  },
  sensitive: true,
  judge: ({ directory, now }, { args, actor }, { role }) => {
    const allowed = can(role, 'invite-teacher');
    if (isRefusal(allowed)) return allowed;
    if (args.expires < now || args.expires > plusDays(now, longestOffer)) return refuse('invitation-expiry');
    if (directory.founding(args.secretHash)) return refuse('invitation-exists');
    return outcome({
      doc: 'directory',
      map: 'foundings',
      key: args.secretHash,
      value: { by: actor, expires: args.expires }
    });
  }
};

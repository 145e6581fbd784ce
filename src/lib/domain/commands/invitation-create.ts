import { plusDays } from '../dates.ts';
import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { reaches } from '../roles.ts';
import { invitationWith } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/** IN1: the longest life of an invitation, in days. */
export const longestInvitation = 30;

/** IN1: an administrator invites one adult with a link that expires, can be revoked and serves once. */
export const invitationCreate: MemberCommand<'invitation.create'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: ['invite-teacher'],
    about: ({ invitation }) => ({ is: 'invitation', id: invitation }),
    makes: 'nothing',
    log: { kind: 'links', detail: ({ role, expires }) => ({ role, expires }) },
    texts: { label: 'label' }
  },
  sensitive: true,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const allowed = can(role, 'invite-teacher');
    if (isRefusal(allowed)) return allowed;
    if (!reaches(role, args.role)) return refuse('grants-more');
    if (args.label !== '' && !isDisplay(args.label)) return refuse('display-invalid');
    if (args.expires < now || args.expires > plusDays(now, longestInvitation))
      return refuse('invitation-expiry');
    if (state.staff.invitations.has(args.invitation) || invitationWith(state, args.secretHash))
      return refuse('invitation-exists');
    const { label, secretHash, expires } = args;
    return outcome({
      doc: 'staff',
      map: 'invitations',
      key: args.invitation,
      value: { role: args.role, label, by: actor, secretHash, expires, status: { is: 'open' } }
    });
  }
};

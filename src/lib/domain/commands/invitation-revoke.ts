import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** IN2: an administrator takes an open invitation back. */
export const invitationRevoke: MemberCommand<'invitation.revoke'> = {
  by: 'member',
  facts: {
    since: 1,
    asks: ['invite-teacher'],
    about: ({ invitation }) => ({ is: 'invitation', id: invitation }),
    makes: 'nothing',
    log: { kind: 'links' }
  },
  sensitive: true,
  judge: ({ state }, { args }, { role }) => {
    const allowed = can(role, 'invite-teacher');
    if (isRefusal(allowed)) return allowed;
    const invitation = state.staff.invitations.get(args.invitation);
    if (!invitation) return refuse('invitation-unknown');
    if (invitation.status.is === 'used') return refuse('invitation-used');
    if (invitation.status.is === 'revoked') return refuse('invitation-revoked');
    return outcome({
      doc: 'staff',
      map: 'invitations',
      key: args.invitation,
      value: { ...invitation, status: { is: 'revoked' } }
    });
  }
};

import type { Change } from '../change.ts';
import { existingAdult, joiningPuts } from '../joining.ts';
import { enterAccount } from '../new-account.ts';
import { can } from '../permissions.ts';
import type { Put } from '../puts.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import { activeMember } from '../state.ts';
import type { Ground, GuestCommand, Note, Outcome } from './command.ts';

/**
 * IN3: whoever shows the secret of an open invitation becomes a member with the role that it gives, once. IN4: it has
 * lapsed when whoever made it could not make it any more: nobody comes in, or back, through a door that an
 * administrator who was sent away had left open.
 */
export const invitationAccept: GuestCommand<'invitation.accept'> = {
  by: 'guest',
  facts: {
    since: 1,
    asks: ['invite-teacher'],
    about: ({ invitation }) => ({ is: 'invitation', id: invitation }),
    makes: 'nothing',
    log: { kind: 'links' },
    newAccount: ({ account }) => account,
    texts: { display: 'display' }
  },
  judge
};

function judge(ground: Ground, change: Change<'invitation.accept'>): Outcome | Refusal {
  const { state, directory, now } = ground;
  const { args, actor, secretHash } = change;
  if (state.members.meta.get('space')?.archived) return refuse('space-archived');
  const invitation = state.staff.invitations.get(args.invitation);
  if (!invitation || invitation.secretHash !== secretHash) return refuse('invitation-unknown');
  if (invitation.status.is === 'used') return refuse('invitation-used');
  const inviter = activeMember(state, invitation.by)?.role ?? 'visitor';
  if (invitation.status.is === 'revoked' || can(inviter, 'invite-teacher') !== true)
    return refuse('invitation-revoked');
  if (invitation.expires < now) return refuse('invitation-expired');
  if (activeMember(state, actor)) return refuse('already-member');

  const puts: Put[] = [
    {
      doc: 'staff',
      map: 'invitations',
      key: args.invitation,
      value: { ...invitation, status: { is: 'used', account: actor } }
    }
  ];
  const notes: Note[] = [];
  let display = args.display ?? '';
  if (args.account) {
    if (args.account.id !== actor || args.account.key.id !== change.key) return refuse('key-unknown');
    const entered = enterAccount(args.account, { kind: 'self' }, state.id, actor, directory, now);
    if (isRefusal(entered)) return entered;
    display = args.account.display;
    puts.push(...entered.puts);
    if (entered.username !== args.account.username) {
      notes.push({ code: 'renumbered', account: actor, from: args.account.username, to: entered.username });
    }
  } else {
    const known = existingAdult(ground, change, display);
    if (isRefusal(known)) return known;
    puts.push(...known);
  }
  puts.push(...joiningPuts(actor, display, invitation.role, invitation.by, now));
  return { puts, notes };
}

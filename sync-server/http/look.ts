import type { AccountId, SecretHash } from '#lib/domain/ids.ts';
import { can } from '#lib/domain/permissions.ts';
import { raisedLinkServes } from '#lib/domain/raised.ts';
import { activeMember } from '#lib/domain/state.ts';
import type { LookAnswer } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import { ApiError } from './api-error.ts';
import { displayOf } from '../devices/held-credential.ts';

/** LI1: says what a link is for, to whoever has its secret, without using it. Throws an ApiError for a dead one. */
export async function lookAt(core: Core, secretHash: SecretHash): Promise<LookAnswer> {
  const directory = await core.truth.directory();
  const today = core.clock.today();
  const alive = (expires: string): void => {
    if (expires < today) throw new ApiError('link-expired');
  };

  const founding = directory.founding(secretHash);
  if (founding) {
    if (founding.usedFor) throw new ApiError('link-used');
    alive(founding.expires);
    return { is: 'founding', expires: founding.expires };
  }

  const recovery = directory.recovery(secretHash);
  if (recovery) {
    if (recovery.used) throw new ApiError('link-used');
    alive(recovery.expires);
    const { account, expires, by } = recovery;
    const home = by === undefined ? undefined : directory.public(account)?.home;
    const state = home && (await core.truth.space(home))?.state;
    // AC10: another has taken its place, whoever made it may not any more, or there is nothing to choose.
    if (by !== undefined && !(state && raisedLinkServes(state, directory, recovery)))
      throw new ApiError('link-revoked');
    const username = directory.private(account)?.username;
    const space = await anySpaceOf(core, account);
    if (username === undefined || !space) throw new ApiError('link-unknown');
    const display = (await displayOf(core.truth, directory, account)) ?? username;
    const raised = by === undefined ? {} : ({ raised: true } as const);
    return { is: 'recovery', account, username, display, space, expires, ...raised };
  }

  const link = await core.storage.directory.invitation(secretHash);
  const space = link && (await core.truth.space(link.space));
  const invitation = link && space?.state.staff.invitations.get(link.invitation);
  const meta = space?.state.members.meta.get('space');
  if (!link || !space || !invitation || !meta) throw new ApiError('link-unknown');
  if (invitation.status.is === 'used') throw new ApiError('link-used');
  const inviter = activeMember(space.state, invitation.by)?.role ?? 'visitor';
  // IN4: it has lapsed with its maker's right to invite.
  if (invitation.status.is === 'revoked' || can(inviter, 'invite-teacher') !== true) {
    throw new ApiError('link-revoked');
  }
  alive(invitation.expires);
  const { role, expires } = invitation;
  return {
    is: 'invitation',
    space: link.space,
    invitation: link.invitation,
    role,
    expires,
    spaceName: meta.name,
    by: space?.state.members.members.get(invitation.by)?.display ?? ''
  };
}

/** A TwinSpace in which the account is a member, its home first: there the new key is set. */
async function anySpaceOf(
  core: Core,
  account: AccountId
): Promise<Extract<LookAnswer, { is: 'recovery' }>['space'] | undefined> {
  const directory = await core.truth.directory();
  const home = directory.public(account)?.home;
  for (const id of [...(home ? [home] : []), ...directory.spaces(account)]) {
    if ((await core.truth.space(id))?.state.members.members.has(account)) return id;
  }
  return undefined;
}

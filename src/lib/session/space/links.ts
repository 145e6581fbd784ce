import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, InvitationId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import { publicOrigin } from '../device/public-origin.ts';
import { done, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/** A link to give away. It is shown once: only the hash of its secret is kept. It works once it has been sent. */
export interface Link {
  readonly link: string;
  readonly expires: CalendarDate;
}

/** An invitation as the form has it. */
export interface NewInvitation {
  readonly label: string;
  readonly role: 'teacher' | 'teacher-admin';
  /** 1 to 30 */
  readonly days: number;
}

/** IN1: invites one adult. */
export async function inviteTeacher(
  work: Bench,
  space: SpaceId,
  { label, role, days }: NewInvitation
): Promise<Result<Link>> {
  const { secret, secretHash } = await freshSecret();
  const expires = plusDays(work.today, days);
  const invitation = crypto.randomUUID() as InvitationId;
  const args = { invitation, label, role, secretHash, expires };
  const submitted = await work.submit(space, 'invitation.create', args);
  return submitted.ok ? done({ link: `${publicOrigin(work.app)}/invite#${secret}`, expires }) : submitted;
}

/** SP2: gives another adult a link to found a TwinSpace on this relay. */
export async function offerFounding(work: Bench, space: SpaceId, days: number): Promise<Result<Link>> {
  const { secret, secretHash } = await freshSecret();
  const expires = plusDays(work.today, days);
  const submitted = await work.submit(space, 'founding.offer', { secretHash, expires });
  return submitted.ok ? done({ link: `${publicOrigin(work.app)}/setup#${secret}`, expires }) : submitted;
}

/** Days for which the link for somebody who was raised lives. */
const ownPasswordDays = 7;

/** AC10: a link with which somebody who was raised chooses a password of their own; those before stop working. */
export async function ownPasswordLink(
  work: Bench,
  space: SpaceId,
  account: AccountId
): Promise<Result<Link>> {
  const { secret, secretHash } = await freshSecret();
  const expires = plusDays(work.today, ownPasswordDays);
  const submitted = await work.submit(space, 'password.link', { account, secretHash, expires });
  return submitted.ok ? done({ link: `${publicOrigin(work.app)}/recover#${secret}`, expires }) : submitted;
}

/** A secret for a link, and the hash that is kept of it. */
export async function freshSecret(): Promise<{ secret: string; secretHash: SecretHash }> {
  const secret = randomText(32);
  return { secret, secretHash: (await sha256(secret)) as SecretHash };
}

import type { Change } from '#lib/domain/change.ts';
import type { ChangeId, InvitationId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { App, Session } from '../app.svelte.ts';
import { enrolling } from './enrolling.ts';
import { done, failed, refused, type Result } from '../device/result.ts';

/** What the link is for, to somebody who has an account. */
export type Joining =
  | { readonly is: 'accept'; readonly space: SpaceId; readonly invitation: InvitationId }
  | { readonly is: 'found'; readonly name: string };

/** As it was sent: sent again as it is when its answer was lost (LI5). */
export interface JoinAttempt {
  readonly for: string;
  readonly space: SpaceId;
  readonly signed: SignedChange;
}

/**
 * AC6, LI6: the person who is signed in comes to one more TwinSpace, or founds one, with a link and the account they
 * have. Throws a RelayError.
 */
export async function join(
  app: App,
  secret: string,
  way: Joining
): Promise<Result<{ readonly space: SpaceId }>> {
  const { session, doors } = app;
  if (!session) return failed('not-enrolled');
  const { attempt, answer } = await enrolling(app, async () => {
    const what = JSON.stringify([secret, way, session.id, app.deviceRow.id]);
    const last = doors.joining;
    const attempt = last?.for === what ? last : await prepare(app, session, what, way);
    doors.joining = attempt;
    return { attempt, answer: await app.relay.use(secret, attempt.signed) };
  });
  doors.joining = undefined;
  const { verdict, report } = answer;
  if (verdict.is === 'refused') {
    const { code, detail } = verdict;
    return refused({ refused: code, ...(detail ? { detail } : {}) });
  }
  if (verdict.is !== 'accepted' || !report) return failed('relay-failed');
  await app.contact.apply(report);
  return done({ space: attempt.space });
}

async function prepare(app: App, session: Session, what: string, way: Joining): Promise<JoinAttempt> {
  const space = way.is === 'accept' ? way.space : (crypto.randomUUID() as SpaceId);
  const { display } = session;
  const header = {
    id: crypto.randomUUID() as ChangeId,
    ...{ space, device: app.deviceRow.id, session: crypto.randomUUID() as SessionId },
    ...{ actor: session.account, key: session.key, after: [], at: app.today() }
  };
  const change: Change<'space.found'> | Change<'invitation.accept'> =
    way.is === 'found'
      ? { ...header, name: 'space.found', args: { name: way.name, display } }
      : { ...header, name: 'invitation.accept', args: { invitation: way.invitation, display } };
  const signed = await signCommand<'space.found' | 'invitation.accept'>(change, session.signing);
  return { for: what, space, signed };
}

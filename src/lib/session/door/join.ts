import type { Change } from '#lib/domain/change.ts';
import type { ChangeId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Session, Tab } from '../device/tab.ts';
import { enrolling } from './enrolling.ts';
import type { LinkPurpose } from './link-purpose.ts';
import { done, failed, refused, type Result } from '../device/result.ts';

/** As it was sent: sent again as it is when its answer was lost (LI5). */
export interface JoinAttempt {
  readonly for: string;
  readonly space: SpaceId;
  readonly signed: SignedChange;
}

/**
 * AC6, LI6: the person who is signed in comes to one more TwinSpace, or founds one, with a link and the account they
 * have. Throws a RelayError.
 *
 * @param sent where it is kept what was last sent, until its answer has come
 */
export async function join(
  app: Tab,
  sent: { joining: JoinAttempt | undefined },
  secret: string,
  purpose: LinkPurpose
): Promise<Result<{ readonly space: SpaceId }>> {
  const { session } = app;
  if (!session) return failed('not-enrolled');
  const { attempt, answer } = await enrolling(app, async () => {
    const what = JSON.stringify([secret, purpose, session.id, app.deviceRow.id]);
    const last = sent.joining;
    const attempt = last?.for === what ? last : await prepare(app, session, what, purpose);
    sent.joining = attempt;
    return { attempt, answer: await app.relay.use(secret, attempt.signed) };
  });
  sent.joining = undefined;
  const { verdict, report } = answer;
  if (verdict.is === 'refused') {
    const { code, detail } = verdict;
    return refused({ refused: code, ...(detail ? { detail } : {}) });
  }
  if (verdict.is !== 'accepted' || !report) return failed('relay-failed');
  await app.contact.apply(report);
  return done({ space: attempt.space });
}

async function prepare(app: Tab, session: Session, what: string, purpose: LinkPurpose): Promise<JoinAttempt> {
  const space = purpose.is === 'accept' ? purpose.space : (crypto.randomUUID() as SpaceId);
  const { display } = session;
  const header = {
    id: crypto.randomUUID() as ChangeId,
    space,
    device: app.deviceRow.id,
    session: crypto.randomUUID() as SessionId,
    actor: session.account,
    key: session.key,
    after: [],
    at: app.today()
  };
  const change: Change<'space.found'> | Change<'invitation.accept'> =
    purpose.is === 'found'
      ? { ...header, name: 'space.found', args: { name: purpose.name, display } }
      : { ...header, name: 'invitation.accept', args: { invitation: purpose.invitation, display } };
  const signed = await signCommand<'space.found' | 'invitation.accept'>(change, session.signing);
  return { for: what, space, signed };
}

import type { ChangeId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { LookAnswer } from '#lib/protocol/messages.ts';
import type { App } from './app.svelte.ts';
import { enrolling } from './enrolling.ts';
import { done, failed, refused, type Result } from './result.ts';

/**
 * AC6, LI6: the person who is signed in comes to one more TwinSpace, with a link and the account they have. Throws a
 * RelayError.
 */
export async function join(
  app: App,
  secret: string,
  look: Extract<LookAnswer, { is: 'invitation' }>,
  display: string
): Promise<Result<{ readonly space: SpaceId }>> {
  const { session } = app;
  if (!session) return failed('not-enrolled');
  const { space, invitation } = look;
  const { verdict, report } = await enrolling(app, async () => {
    const change = {
      id: crypto.randomUUID() as ChangeId,
      ...{ space, device: app.deviceRow.id, session: crypto.randomUUID() as SessionId },
      ...{ actor: session.account, key: session.key, after: [], at: app.today() },
      name: 'invitation.accept',
      args: { invitation, display }
    } as const;
    return app.relay.use(secret, await signCommand<'invitation.accept'>(change, session.signing));
  });
  if (verdict.is === 'refused') {
    const { code, detail } = verdict;
    return refused({ refused: code, ...(detail ? { detail } : {}) });
  }
  if (verdict.is !== 'accepted' || !report) return failed('relay-failed');
  await app.contact.apply(report);
  return done({ space });
}

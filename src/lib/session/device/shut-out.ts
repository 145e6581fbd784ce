import type { AccountId } from '#lib/domain/ids.ts';
import { isRefusedKey } from '#lib/store/refused-key.ts';
import type { Tab } from './tab.ts';

/**
 * SI13: ends the session of whoever this device lets in no longer. MY8: where that is because a password of one's own
 * choice came too late, it is told as that.
 *
 * @param held the accounts of which a sealed key is still here
 */
export async function endIfShutOut(
  app: Pick<Tab, 'db' | 'session' | 'signOut'>,
  held: readonly AccountId[]
): Promise<void> {
  const { session } = app;
  if (!session || held.includes(session.account)) return;
  const refused = await isRefusedKey(app.db, session.key);
  if (app.session?.id === session.id) await app.signOut(refused ? 'key-refused' : 'shut-out');
}

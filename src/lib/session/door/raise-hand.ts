import { handSent, keepHand } from '#lib/store/hands.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import type { Tab } from '../device/tab.ts';

/** HA1, HA2: a pupil says that the password is forgotten: kept here, and sent at once or at the next contact. */
export async function raiseHand(app: Tab, who: string, display: string): Promise<'sent' | 'kept'> {
  await keepHand(app.db, who, display, app.today());
  try {
    await app.relay.raiseHand(who);
    await handSent(app.db, who);
    return 'sent';
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return 'kept';
  }
}

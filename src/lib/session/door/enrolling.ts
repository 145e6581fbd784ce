import { RelayError } from '#lib/sync/relay-error.ts';
import type { Tab } from '../device/tab.ts';

/**
 * Asks for what enrols this device. One whose cookie was lost while its storage was kept is unknown under its id: it
 * gets a fresh one and asks once more. What waits was signed under the old id and is still carried (OB2).
 */
export async function enrolling<Answer>(app: Tab, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof RelayError) || error.code !== 'device-taken') throw error;
    await app.renewDevice();
    return ask();
  }
}

import type { KeyId } from '#lib/domain/ids.ts';
import type { Database } from './database.ts';
import { payloadText } from './payload-text.ts';

/** MY8: whether the relay has refused the password that brought this key. */
export async function isRefusedKey(db: Database, key: KeyId): Promise<boolean> {
  const brought = await db.tray.filter(({ name }) => name === 'key.set').toArray();
  return brought.some(({ signed }) => {
    try {
      return payloadText(signed.payload).includes(key);
    } catch {
      // A row that was spoiled brought nothing that could be told.
      return false;
    }
  });
}

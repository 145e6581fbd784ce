import { onTestFinished } from 'vitest';
import type { Database } from '#lib/store/database.ts';

/**
 * Storage that answers late: whoever reads or writes this table waits. Resolves once it is so, with what lets them go on.
 */
export async function heldStore(db: Database, table: string): Promise<() => void> {
  const { name } = db;
  if (!db.isOpen()) await db.open();
  const opened = indexedDB.open(name);
  const other = await new Promise<IDBDatabase>((resolve, reject) => {
    opened.onsuccess = () => resolve(opened.result);
    opened.onerror = () => reject(new Error(`${name} does not open`, { cause: opened.error }));
  });
  let held = true;
  const letGo = (): void => void (held = false);
  onTestFinished(letGo);
  await new Promise<void>((resolve) => {
    const store = other.transaction(table, 'readwrite').objectStore(table);
    // A transaction lasts as long as something is asked in it.
    const ask = (): void => {
      store.count().onsuccess = () => {
        resolve();
        if (held) ask();
        else other.close();
      };
    };
    ask();
  });
  return letGo;
}

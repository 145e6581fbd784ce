import type { Page } from '@playwright/test';
import * as Y from 'yjs';

/** A row of the tablet's database, as it lies there. */
export type Row = Record<string, unknown>;

/** All rows of a table of this tablet's database, as somebody with developer tools reads them. */
export function rowsOf<R extends Row = Row>(page: Page, table: string): Promise<R[]> {
  return page.evaluate(
    (name) =>
      new Promise<never>((resolve, reject) => {
        const opening = indexedDB.open('twinspace');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const db = opening.result;
          const all = db.transaction(name).objectStore(name).getAll();
          all.onsuccess = () => {
            db.close();
            resolve(all.result as never);
          };
        };
      }),
    table
  ) as Promise<R[]>;
}

/** Writes a row back, as somebody with developer tools could. */
export function putRow(page: Page, table: string, row: Row): Promise<void> {
  return page.evaluate(
    ([name, value]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('twinspace');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const db = opening.result;
          const transaction = db.transaction(name, 'readwrite');
          transaction.objectStore(name).put(value);
          transaction.oncomplete = () => {
            db.close();
            resolve();
          };
          transaction.onerror = () => reject(new Error(String(transaction.error)));
        };
      }),
    [table, row] as const
  );
}

/** A signed change that waits, as far as these journeys look at it. */
export interface WaitingRow extends Row {
  readonly seq: number;
  readonly id: string;
  readonly actor: string;
  readonly name: string;
  readonly signed: { readonly header: string; readonly payload: string; readonly signature: string };
  readonly state: { readonly is: string };
}

/** How many changes on this tablet the relay has not accepted yet. */
export async function unsent(page: Page): Promise<number> {
  return (await rowsOf<WaitingRow>(page, 'outbox')).filter(({ state }) => state.is !== 'accepted').length;
}

/** What this tablet has stored of the members' document: its records by map and key, with sorted keys. */
export async function storedMembers(page: Page): Promise<Record<string, unknown>> {
  const updates = await page.evaluate(
    () =>
      new Promise<number[][]>((resolve) => {
        const opening = indexedDB.open('twinspace');
        opening.onsuccess = () => {
          const db = opening.result;
          const transaction = db.transaction(['documents', 'updates']);
          const [bases, later] = ['documents', 'updates'].map((name) =>
            transaction.objectStore(name).getAll()
          );
          transaction.oncomplete = () => {
            db.close();
            const rows = [...(bases?.result ?? []), ...(later?.result ?? [])] as {
              room: string;
              update: Uint8Array;
            }[];
            resolve(rows.filter(({ room }) => room.startsWith('members/')).map(({ update }) => [...update]));
          };
        };
      })
  );
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, new Uint8Array(update));
  const maps = ['meta', 'members', 'people', 'groups', 'settings'].map((name) => {
    const records = Object.entries(doc.getMap(name).toJSON()).sort(([a], [b]) => (a < b ? -1 : 1));
    return [name, Object.fromEntries(records)] as const;
  });
  return Object.fromEntries(maps);
}

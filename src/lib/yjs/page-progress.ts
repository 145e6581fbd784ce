import type { Doc } from 'yjs';

/**
 * PG8: how far a page has come: another number with everything that is written in it or deleted from it, always a
 * greater one, and the same wherever the page is the same. It is counted on the document itself, so that it outlives
 * whoever counted; the walk goes once over all that the page has, also what was deleted.
 */
export function progressOf({ store }: Doc): number {
  let progress = 0;
  for (const structs of store.clients.values())
    for (const { length, deleted } of structs) progress += deleted ? 2 * length : length;
  return progress;
}

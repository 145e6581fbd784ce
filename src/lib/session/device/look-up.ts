import { exceptStorage } from '#lib/store/storage-failure.ts';

/**
 * Tells what was looked up on this device, to whoever still wants it. Where the storage fails nothing is told: it is looked
 * up anew with the next change (NW9).
 *
 * @returns what ends it, for an effect
 */
export function lookUp<Found>(looking: Promise<Found>, tell: (found: Found) => void): () => void {
  let over = false;
  const told = looking.then((found) => {
    if (!over) tell(found);
  });
  void told.catch(exceptStorage);
  return () => (over = true);
}

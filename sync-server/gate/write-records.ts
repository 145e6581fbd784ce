import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';
import type { Writer } from './write-accepted.ts';

/**
 * Writes records that no change asked for into documents: hidden, durable, then for everybody to see, like a change
 * (GA10). Only under the lock.
 *
 * @param store writes the updates, with whatever else belongs to the same transaction
 */
export async function writeRecords(
  { storage, truth, audience }: Pick<Writer, 'storage' | 'truth' | 'audience'>,
  puts: readonly SpacePut[],
  store: (updates: readonly DocumentUpdate[]) => Promise<void> = (updates) =>
    storage.documents.append(updates)
): Promise<void> {
  const touched = new Set<SpaceId>(puts.map(({ space }) => space));
  let committed = false;
  try {
    const spaces = (await Promise.all([...touched].map((id) => truth.space(id)))).filter(
      (space) => space !== undefined
    );
    const updates = spaces.flatMap((space) => space.write(puts));
    await store(updates);
    committed = true;
    for (const space of spaces) {
      space.apply(puts);
      truth.remember(space);
    }
    audience.broadcast(updates);
  } catch (error) {
    truth.forget(touched);
    if (committed) audience.restart(touched);
    throw error;
  }
}

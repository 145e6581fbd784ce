import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';
import { Ahead } from '../truth/ahead.ts';
import type { Writer } from './writer.ts';

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
  const ahead = new Ahead(truth, await truth.directory());
  let committed = false;
  try {
    const known = new Set<SpaceId>();
    for (const { space } of puts) if (await ahead.state(space, storage.documents)) known.add(space);
    ahead.put(known, puts);
    const updates = ahead.write();
    await store(updates);
    committed = true;
    ahead.apply();
    audience.broadcast(updates);
  } catch (error) {
    ahead.forget();
    if (committed) audience.restart(ahead.touched);
    throw error;
  }
}

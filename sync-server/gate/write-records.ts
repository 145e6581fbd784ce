import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';
import { Ahead } from '../truth/ahead.ts';
import type { Writer } from './writer.ts';

/** What such a write needs around it. */
type Way = Pick<Writer, 'storage' | 'truth' | 'audience'>;

/**
 * Writes records that no change asked for into documents: hidden, durable, then for everybody to see, like a change
 * (GA10). Only under the lock.
 *
 * @param store writes the updates, with whatever else belongs to the same transaction
 */
export async function writeRecords(
  writer: Way,
  puts: readonly SpacePut[],
  store: (updates: readonly DocumentUpdate[]) => Promise<void> = (updates) =>
    writer.storage.documents.append(updates)
): Promise<void> {
  const { documents } = writer.storage;
  await writeAhead(writer, store, async (ahead) => {
    const known = new Set<SpaceId>();
    for (const { space } of puts) if (await ahead.state(space, documents)) known.add(space);
    ahead.put(known, puts);
  });
}

/**
 * Writes what no right hangs on and no reader of anything else is told of, in the same way.
 *
 * @param store as above
 */
export async function writeTold(
  writer: Way,
  puts: readonly SpacePut[],
  store: (updates: readonly DocumentUpdate[]) => Promise<void>
): Promise<void> {
  const { documents } = writer.storage;
  await writeAhead(writer, store, async (ahead) => {
    for (const { space } of puts) await ahead.state(space, documents);
    ahead.tell(puts);
  });
}

async function writeAhead(
  { truth, audience }: Pick<Way, 'truth' | 'audience'>,
  store: (updates: readonly DocumentUpdate[]) => Promise<void>,
  put: (ahead: Ahead) => Promise<void>
): Promise<void> {
  const ahead = new Ahead(truth, await truth.directory());
  let committed = false;
  try {
    await put(ahead);
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

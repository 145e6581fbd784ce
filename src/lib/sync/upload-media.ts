import type { Database } from '#lib/store/database.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { filesToSend, pieceBytes, pieceOf } from '#lib/store/media-files.ts';
import { isPaidNetwork } from './paid-network.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

/** One sender of files per browser: tabs and the service worker share this Web Lock. */
const lock = 'twinspace-upload-media';

/** What the relay says of bytes that it has looked at and does not keep (MR2). */
const unkept: readonly string[] = ['hash-wrong', 'media-invalid', 'metadata-present'];

/**
 * MT4: sends the files that were made here and whose announcement was accepted, small ones first, each from where the
 * relay has it: what was cut off goes on there. What the relay does not keep is sent once more from the start, and is
 * told after that. MT9: nothing is sent over a network that costs something, where the device says so. Runs in the
 * service worker, too.
 *
 * @returns whether the relay asked to come again for something
 * @throws RelayError when the relay cannot be reached or no longer knows this device
 */
export async function uploadMedia(db: Database, relay: RelayClient): Promise<'done' | 'again'> {
  return navigator.locks.request(lock, async () => {
    const later = new Set<string>();
    const unwanted = new Set<string>();
    for (;;) {
      if (isPaidNetwork() && (await db.device.get('device'))?.files?.wifiOnly) return 'done';
      const id = (await filesToSend(db)).find((file) => !later.has(file));
      if (id === undefined) return later.size > 0 ? 'again' : 'done';
      const next = await db.mediaFiles.get(id);
      // Removed meanwhile: there may be others.
      if (!next) continue;
      try {
        await send(db, relay, next);
      } catch (error) {
        if (!(error instanceof RelayError) || endsAll(error)) throw error;
        if (error.code === 'not-found') await db.mediaFiles.update(next.id, { state: 'unwanted' });
        else if (!unkept.includes(error.code)) later.add(next.id);
        else if (unwanted.has(next.id)) await db.mediaFiles.update(next.id, { state: 'refused' });
        else unwanted.add(next.id);
      }
    }
  });
}

async function send(db: Database, relay: RelayClient, row: MediaFileRow): Promise<void> {
  let offset = await relay.mediaOffset(row);
  while (offset < row.bytes) {
    const index = Math.floor(offset / pieceBytes);
    const piece = await pieceOf(db, row.id, index);
    if (!piece) {
      await db.mediaFiles.update(row.id, { state: 'refused' });
      return;
    }
    const before = offset;
    offset = await relay.sendMedia(row, before, new Uint8Array(piece).subarray(before - index * pieceBytes));
    // Two devices may send the same file; a relay that never has more than before is asked again later.
    if (offset <= before) throw new RelayError('unreadable');
  }
  await db.mediaFiles.update(row.id, { state: 'here' });
}

/** Nothing else can be sent now, either. */
function endsAll({ unreached, code }: RelayError): boolean {
  return unreached || code === 'not-enrolled' || code === 'device-revoked' || code === 'slow-down';
}

import type { SpaceId } from '#lib/domain/ids.ts';
import type { Media } from '#lib/domain/records.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import { takeIn } from '#lib/store/backup.ts';
import { dropPieces, fileId, pieceBytes, putPiece, whileMaking } from '#lib/store/media-files.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { done, type Result } from '../device/result.ts';
import { announce, rowOf } from '../media/add-media.ts';
import type { Bench } from '../work/bench.ts';
import type { ArchivedMedia } from './archived-media.ts';

/**
 * FA6: keeps the pieces of media on this device and announces them; where they were announced before and the relay has
 * never got them (FA10), they are only kept, to be sent.
 *
 * @param record as they were announced before
 * @param read is told of each piece that was read; what it throws ends it, and nothing is left
 */
export async function addArchived(
  work: Bench,
  space: SpaceId,
  { args, file, preview }: ArchivedMedia,
  record: Media | undefined,
  read: () => void
): Promise<Result<void>> {
  const { db } = work.app;
  const { media } = args;
  const files: (readonly [MediaPart, Blob, Pick<MediaFileRow, 'kind' | 'hash'>])[] = [['file', file, args]];
  if (preview && args.preview) files.push(['preview', preview, args.preview]);
  const keep = async (): Promise<readonly MediaFileRow[]> => {
    for (const [part, blob] of files) await keepBlob(work, fileId(media, part), blob, read);
    return files.map(([part, blob, said]) => rowOf(work, { space, media, part }, said, blob.size));
  };
  let kept = false;
  try {
    if (record) {
      await whileMaking(async () => {
        const rows = await keep();
        await takeIn(
          db,
          [],
          rows.map(({ state: _, ...row }) => row)
        );
      });
      kept = true;
      return done(undefined);
    }
    const answer = await announce(work, space, args, keep);
    kept = answer.ok;
    return answer;
  } finally {
    if (!kept)
      await dropPieces(
        db,
        files.map(([part]) => fileId(media, part))
      ).catch(() => undefined);
  }
}

/** MT1: whether it fits is tried, not asked. */
async function keepBlob({ app }: Bench, id: string, blob: Blob, read: () => void): Promise<void> {
  for (let at = 0; at < blob.size; at += pieceBytes) {
    read();
    const piece = await blob.slice(at, at + pieceBytes).arrayBuffer();
    await app.care.kept(() => putPiece(app.db, id, at / pieceBytes, piece));
  }
}

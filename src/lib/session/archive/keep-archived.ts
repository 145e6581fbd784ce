import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import { fileId, pieceBytes, putPiece } from '#lib/store/media-files.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { rowOf } from '../media/add-media.ts';
import type { Bench } from '../work/bench.ts';
import type { ArchivedMedia } from './archived-media.ts';

/** FA6: media that were looked at, and the files of theirs that lie here. */
export interface KeptMedia {
  readonly args: CommandArgs['media.add'];
  readonly files: readonly MediaFileRow[];
}

/**
 * FA6: keeps the pieces of media on this device, for somebody to name them.
 *
 * @param loose gets each file of which there may be pieces
 * @param read is told of each piece that was read; what it throws ends it
 */
export async function keepArchived(
  work: Bench,
  space: SpaceId,
  { file, preview }: ArchivedMedia,
  args: CommandArgs['media.add'],
  loose: Set<string>,
  read: () => void
): Promise<KeptMedia> {
  const { media } = args;
  const files: (readonly [MediaPart, Blob, Pick<MediaFileRow, 'kind' | 'hash'>])[] = [['file', file, args]];
  if (preview && args.preview) files.push(['preview', preview, args.preview]);
  for (const [part, blob] of files) {
    const id = fileId(media, part);
    loose.add(id);
    await keepBlob(work, id, blob, read);
  }
  return {
    args,
    files: files.map(([part, blob, said]) => rowOf(work, { space, media, part }, said, blob.size))
  };
}

/** MT1: whether it fits is tried, not asked. */
async function keepBlob({ app }: Bench, id: string, blob: Blob, read: () => void): Promise<void> {
  for (let at = 0; at < blob.size; at += pieceBytes) {
    read();
    const piece = await blob.slice(at, at + pieceBytes).arrayBuffer();
    await app.care.kept(() => putPiece(app.db, id, at / pieceBytes, piece));
  }
}

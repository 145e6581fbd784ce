import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import { fileId } from '#lib/store/media-files.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { rowOf } from '../media/add-media.ts';
import type { ArchivedMedia } from './archived-media.ts';
import type { Reading } from './reading.ts';

/** FA6: media that were looked at, and the files of theirs that lie here. */
export interface KeptMedia {
  readonly args: CommandArgs['media.add'];
  readonly files: readonly MediaFileRow[];
}

/**
 * FA6: keeps the pieces of media on this device, for somebody to name them. MT1: whether they fit is tried, not asked.
 *
 * @param loose gets each file of which there may be pieces
 */
export async function keepArchived(
  reading: Reading,
  { file, preview }: ArchivedMedia,
  args: CommandArgs['media.add'],
  loose: Set<string>
): Promise<KeptMedia> {
  const { work, space, looking } = reading;
  const { media } = args;
  const files: (readonly [MediaPart, Blob, Pick<MediaFileRow, 'kind' | 'hash'>])[] = [['file', file, args]];
  if (preview && args.preview) files.push(['preview', preview, args.preview]);
  for (const [part, blob] of files) {
    const id = fileId(media, part);
    loose.add(id);
    await work.app.care.kept(() => looking.keep(id, blob, () => reading.look()));
  }
  return {
    args,
    files: files.map(([part, blob, said]) => rowOf(work, { space, media, part }, said, blob.size))
  };
}

import type { MediaId } from '#lib/domain/ids.ts';
import type { Media } from '#lib/domain/records.ts';
import { fileId, hasWhole } from '#lib/store/media-files.ts';
import type { Bench } from '../work/bench.ts';

/**
 * FA10: whether the relay never got the bytes of media that somebody has announced (their device was closed before that),
 * and they do not lie here to be sent: whoever has the archive gives them.
 */
export async function lackBytes({ app: { db } }: Bench, media: MediaId, record: Media): Promise<boolean> {
  if (record.removed || record.here?.file) return false;
  const row = await db.mediaFiles.get(fileId(media, 'file'));
  switch (row?.state) {
    case 'here':
    case 'comes':
      return false;
    case 'waits':
      return !(await hasWhole(db, row));
    case 'refused':
    case 'unwanted':
    case undefined:
      return true;
  }
}

import { posterOf } from '#lib/capture/poster.ts';
import { noEdits } from '#lib/capture/picture-edits.ts';
import type { Pictures } from '#lib/capture/pictures.ts';
import type { MadeFile } from '#lib/capture/draw-picture.ts';
import { walkInWorker } from '#lib/capture/recordings.ts';
import { CaptureTrouble } from '#lib/capture/trouble.ts';
import type { FileHash, MediaId } from '#lib/domain/ids.ts';
import { fileId, pieceBytes, putPiece, whileMaking } from '#lib/store/media-files.ts';
import { done, problemOf, refused } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { judge } from '../work/may.ts';
import { announce, keepBytes, pageOf, previewOf, rowOf, type Added, type AddingTo } from './add-media.ts';

/** A film or a sound that somebody made or chose. */
export interface Recording {
  readonly recording: Blob;
  /** As far as whoever recorded it knows: what browsers record does not tell. */
  readonly seconds?: number | undefined;
}

/**
 * MT1, MT7: walks a film or a sound, keeps its clean pieces on this device as they come, and then announces it; a film
 * with a picture of itself.
 */
export async function addRecording(
  work: Bench,
  to: AddingTo,
  { recording, seconds }: Recording,
  pictures: Pictures,
  stop: AbortSignal
): Promise<Added> {
  const media = crypto.randomUUID() as MediaId;
  // Whether there is room for it is asked before a long film is walked.
  const roughly = { media, kind: 'webm', hash: '' as FileHash, bytes: recording.size } as const;
  const allowed = judge(work, to.space, 'media.add', { ...roughly, width: 1, height: 1, ...pageOf(to) });
  if (allowed !== true) return refused(allowed);
  try {
    return await whileMaking(async () => {
      const keep = async (piece: ArrayBuffer, index: number): Promise<void> => {
        work.stillAtWork();
        await work.app.care.kept(() => putPiece(work.app.db, fileId(media, 'file'), index, piece));
      };
      const walked = await walkInWorker(recording, pieceBytes, keep, stop);
      const poster = walked.width > 0 ? await posterFile(recording, pictures) : undefined;
      const preview = poster && previewOf(poster);
      const lasts = walked.seconds ?? seconds;
      const args = {
        media,
        kind: walked.kind,
        hash: walked.hash as FileHash,
        bytes: walked.bytes,
        width: walked.width,
        height: walked.height,
        ...(lasts === undefined ? {} : { seconds: Math.max(1, Math.ceil(lasts)) }),
        ...(preview ? { preview } : {}),
        ...pageOf(to)
      };
      const at = { space: to.space, media };
      const answer = await announce(work, to.space, args, async () => {
        const file = rowOf(work, { ...at, part: 'file' }, walked, walked.bytes);
        if (!poster || !preview) return [file];
        await keepBytes(work, fileId(media, 'preview'), poster.bytes);
        return [file, rowOf(work, { ...at, part: 'preview' }, poster, poster.bytes.byteLength)];
      });
      const unplayable = walked.width > 0 && !poster;
      return answer.ok ? done({ media, still: false, unplayable }) : answer;
    });
  } catch (error) {
    if (error instanceof CaptureTrouble) return { ok: false, trouble: error.trouble };
    return problemOf(error);
  }
}

async function posterFile(film: Blob, pictures: Pictures): Promise<MadeFile | undefined> {
  const poster = await posterOf(film);
  if (!poster) return undefined;
  return (await pictures.draw({ picture: poster, edits: noEdits, drawn: false })).preview;
}

import type { MadeFile, MadePicture } from '#lib/capture/draw-picture.ts';
import type { PictureQuestion } from '#lib/capture/picture-worker.ts';
import type { Pictures } from '#lib/capture/pictures.ts';
import { CaptureTrouble, type Trouble } from '#lib/capture/trouble.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { FileHash, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { previewKinds, type Preview } from '#lib/domain/records.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { fileId, pieceBytes, putPiece, whileMaking } from '#lib/store/media-files.ts';
import { done, problemOf, refused, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { judge } from '../work/may.ts';

/** What came of something that was to be added: it is here, or the rules or the device said no, or it cannot be taken in. */
export type Added = Result<AddedMedia> | { readonly ok: false; readonly trouble: Trouble };

export interface AddedMedia {
  readonly media: MediaId;
  /** It moved, and was too much for that: a still is left. */
  readonly still: boolean;
  /** This device cannot play it: others may not, either. */
  readonly unplayable: boolean;
}

/** Where something is added. */
export interface AddingTo {
  readonly space: SpaceId;
  /** For which page (PE27). */
  readonly page?: PageId | undefined;
}

/**
 * MT1, ML1: draws a picture anew, keeps its pieces on this device, and then announces it. Whatever ends in between, no
 * page points to bytes that never were: pieces that nothing names are swept.
 */
export async function addPicture(
  work: Bench,
  to: AddingTo,
  pictures: Pictures,
  question: PictureQuestion
): Promise<Added> {
  let made: MadePicture;
  try {
    made = await pictures.draw(question);
  } catch (error) {
    if (error instanceof CaptureTrouble) return { ok: false, trouble: error.trouble };
    throw error;
  }
  const media = crypto.randomUUID() as MediaId;
  const { file, preview, width, height, seconds } = made;
  const said = { width, height, ...(seconds === undefined ? {} : { seconds }) };
  const small = previewOf(preview);
  const args = { media, ...announced(file), ...said, ...(small ? { preview: small } : {}), ...pageOf(to) };
  const parts: readonly (readonly [MediaPart, MadeFile])[] = [
    ['file', file],
    ...(small ? [['preview', preview] as const] : [])
  ];
  const answer = await announce(work, to.space, args, async () => {
    for (const [part, one] of parts) await keepBytes(work, fileId(media, part), one.bytes);
    return parts.map(([part, one]) =>
      rowOf(work, { space: to.space, media, part }, one, one.bytes.byteLength)
    );
  });
  return answer.ok ? done({ media, still: made.still === true, unplayable: false }) : answer;
}

/** Judges, keeps the bytes, and announces them, in this order. */
export async function announce(
  work: Bench,
  space: SpaceId,
  args: CommandArgs['media.add'],
  keep: () => Promise<readonly MediaFileRow[]>
): Promise<Result<void>> {
  const allowed = judge(work, space, 'media.add', args);
  if (allowed !== true) return refused(allowed);
  try {
    return await whileMaking(async () => {
      const files = await keep();
      const [answer] = await work.submitMany(space, [{ name: 'media.add', args, files }]);
      return answer && !answer.ok ? answer : done(undefined);
    });
  } catch (error) {
    return problemOf(error);
  }
}

export function rowOf(
  { session, today }: Bench,
  { space, media, part }: Pick<MediaFileRow, 'space' | 'media' | 'part'>,
  { kind, hash }: Pick<MadeFile, 'kind' | 'hash'>,
  bytes: number
): MediaFileRow {
  const made = { account: session.account, state: 'waits', seen: today } as const;
  return { id: fileId(media, part), space, media, part, kind, hash: hash as FileHash, bytes, ...made };
}

/** MT1: whether it fits is tried, not asked. */
export async function keepBytes({ app }: Bench, file: string, bytes: ArrayBuffer): Promise<void> {
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
    const piece = bytes.slice(at, at + pieceBytes);
    await app.care.kept(() => putPiece(app.db, file, at / pieceBytes, piece));
  }
}

export function announced({
  kind,
  hash,
  bytes
}: MadeFile): Pick<CommandArgs['media.add'], 'kind' | 'hash' | 'bytes'> {
  return { kind, hash: hash as FileHash, bytes: bytes.byteLength };
}

export function previewOf(file: MadeFile): Preview | undefined {
  const kind = previewKinds.find((one) => one === file.kind);
  return kind && { ...announced(file), kind };
}

export function pageOf({ page }: AddingTo): { readonly page?: PageId } {
  return page === undefined ? {} : { page };
}

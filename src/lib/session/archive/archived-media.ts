import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { MediaId, PageId } from '#lib/domain/ids.ts';
import { largestPreview } from '#lib/domain/media.ts';
import { previewKinds, type Preview } from '#lib/domain/records.ts';
import { kindBytes, kindOf } from '#lib/media/kind.ts';
import type { ArchivedMediaEntry } from '#lib/protocol/archives.ts';
import { hashOf, isAsAnnounced } from '../desk/is-as-announced.ts';
import type { NewIds } from './new-ids.ts';
import type { OpenArchive } from './open-archive.ts';

/** FA6: media of an archive, under the id that they are to have here, and their bytes. */
export interface ArchivedMedia {
  readonly media: MediaId;
  readonly entry: ArchivedMediaEntry;
  readonly file: Blob;
  readonly preview?: Blob;
}

/** FA6: media with their bytes; undefined where these are not in the archive, or are more or fewer than it says. */
export function archivedMedia(
  { files }: OpenArchive,
  entry: ArchivedMediaEntry,
  ids: NewIds
): ArchivedMedia | undefined {
  const file = entry.file === undefined ? undefined : files.get(entry.file)?.bytes;
  const media = ids.media.get(entry.media);
  if (!file || !media || file.size !== entry.bytes) return undefined;
  const preview = entry.preview === undefined ? undefined : files.get(entry.preview)?.bytes;
  return { media, entry, file, ...(preview ? { preview } : {}) };
}

/**
 * FA6: media as they are to be announced, their bytes looked at as the relay will look at them. Undefined where they are
 * not what the archive says, or say more than is seen and heard. A preview that is not as it has to be is left out.
 *
 * @param page in which they stand
 * @param read is told of each piece that was read, in bytes; what it throws ends the look
 */
export async function lookedMedia(
  { media, entry, file, preview }: ArchivedMedia,
  page: PageId | undefined,
  read: (bytes: number) => void
): Promise<CommandArgs['media.add'] | undefined> {
  const { kind, hash, bytes, width, height, seconds } = entry;
  if (!(await isAsAnnounced(file, { said: { kind, hash, bytes }, size: { width, height } }, read)))
    return undefined;
  const small = preview && (await previewOf(preview, read));
  return {
    media,
    kind,
    hash,
    bytes,
    width,
    height,
    ...(seconds === undefined ? {} : { seconds }),
    ...(small ? { preview: small } : {}),
    ...(page === undefined ? {} : { page })
  };
}

/** What is to be said of a preview; undefined where it is none. */
async function previewOf(file: Blob, read: (bytes: number) => void): Promise<Preview | undefined> {
  if (file.size > largestPreview) return undefined;
  const begins = kindOf(new Uint8Array(await file.slice(0, kindBytes).arrayBuffer()));
  const kind = previewKinds.find((one) => one === begins);
  if (!kind) return undefined;
  const said: Preview = { kind, hash: await hashOf(file, read), bytes: file.size };
  return (await isAsAnnounced(file, { said }, read)) ? said : undefined;
}

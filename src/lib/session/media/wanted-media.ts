import { mayHaveMedia } from '#lib/domain/may-read.ts';
import type { Device } from '#lib/domain/device.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { MediaId } from '#lib/domain/ids.ts';
import type { Media } from '#lib/domain/records.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { WantedFile } from '#lib/sync/media-fetcher.ts';

/** MT6: bytes of what others made that a device keeps, as long as nobody says otherwise. */
export const roomForOthers = 300_000_000;

/** Films and sounds are fetched when somebody wants to see them. */
export function isPicture({ kind }: Pick<Media, 'kind'>): boolean {
  return kind !== 'mp4' && kind !== 'webm';
}

/**
 * MT6: what a device fetches by itself, in this order: what somebody asks to see, previews, pictures, newest first; no
 * more than there is room for. What is here already counts, too.
 */
export function wantedMedia(
  states: Iterable<SpaceState>,
  { directory, device }: { readonly directory: Directory; readonly device: Device },
  asked: ReadonlySet<string>
): readonly WantedFile[] {
  const previews: WantedFile[] = [];
  const pictures: WantedFile[] = [];
  const first: WantedFile[] = [];
  for (const state of states) {
    const all = [...state.members.media].sort(([, one], [, other]) => other.on.localeCompare(one.on));
    for (const [id, media] of all) {
      const { here, preview } = media;
      if (media.removed || !here || !isGiven(state, directory, device, media)) continue;
      const at = { space: state.id, media: id as MediaId };
      const { kind, hash, bytes } = media;
      const file = { ...at, part: 'file', kind, hash, bytes } as const;
      if (preview && here.preview) previews.push({ ...at, part: 'preview', ...preview });
      if (!here.file) continue;
      if (asked.has(id)) first.push(file);
      else if (isPicture(media)) pictures.push(file);
    }
  }
  let room = roomForOthers;
  return [...first, ...previews, ...pictures].filter((file, at) => {
    room -= file.bytes;
    return room >= 0 || at < first.length;
  });
}

/**
 * RD5: whether the relay will give the bytes to this device. What a classroom tablet is to hold stands in a document that
 * it does not follow: there those count who can sign in on it, and the relay has the last word.
 */
function isGiven(state: SpaceState, directory: Directory, device: Device, media: Media): boolean {
  if (device.kind === 'personal') return mayHaveMedia(state, directory, device, media);
  return !media.waiting || device.accounts.includes(media.owner);
}

import { mayHaveMedia } from '#lib/domain/may-read.ts';
import { isPicture } from '#lib/domain/media-types.ts';
import type { Device } from '#lib/domain/device.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { MediaId } from '#lib/domain/ids.ts';
import type { Media } from '#lib/domain/records.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { WantedFile } from '#lib/sync/media-fetcher.ts';

/** What somebody wants on this device beside what is fetched by itself. */
export interface MediaWish {
  /** What somebody asks to see now. */
  readonly asked: ReadonlySet<string>;
  /** What stands in pages that this device keeps whole. */
  readonly kept: ReadonlySet<string>;
  /** Bytes of what others made that may be here. */
  readonly room: number;
}

/**
 * MT6: what a device fetches by itself, in this order: what somebody asks to see, previews, what stands in pages that it
 * keeps, pictures, newest first; of what nobody chose no more than there is room for. What is here already counts, too.
 */
export function wantedMedia(
  states: Iterable<SpaceState>,
  { directory, device }: { readonly directory: Directory; readonly device: Device },
  { asked, kept, room: most }: MediaWish
): readonly WantedFile[] {
  const previews: WantedFile[] = [];
  const whole: WantedFile[] = [];
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
      else if (kept.has(id)) whole.push(file);
      // Films and sounds are fetched when somebody wants to see them.
      else if (isPicture(media)) pictures.push(file);
    }
  }
  let room = most;
  return [...first, ...previews, ...whole, ...pictures].filter(({ media, part, bytes }) => {
    room -= bytes;
    return room >= 0 || (part === 'file' && (asked.has(media) || kept.has(media)));
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

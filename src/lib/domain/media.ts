import { plusDays, type CalendarDate } from './dates.ts';
import type { Directory } from './directory.ts';
import type { About } from './facts.ts';
import type { AccountId, MediaId } from './ids.ts';
import { pageIn, pageTarget } from './pages.ts';
import { can, type Target } from './permissions.ts';
import type { Put } from './puts.ts';
import type { Media } from './records.ts';
import { isRefusal, refuse, type Refusal } from './refusals.ts';
import type { Role } from './roles.ts';
import type { MediaCeilings } from './settings.ts';
import { settingsOf, type SpaceState } from './state.ts';

/** ML1: so many media a TwinSpace has at most, those in the trash among them. */
export const mostMedia = 10_000;
/** ML3: so many days media can be brought back. */
export const mediaTrashDays = 30;
/** ML2: for so many days room is kept for media that have not arrived. */
export const mediaAwaitedDays = 30;
/** ML2: the longest sound, in seconds, and the most pixels of a picture. */
export const longestSound = 300;
export const mostPixels = 80_000_000;
const megabyte = 1_000_000;
/** ML2: the largest picture, moving picture, sound and preview, in bytes; how large a film is, administrators say. */
export const largestPicture = 10 * megabyte;
export const largestMoving = 5 * megabyte;
export const largestSound = 20 * megabyte;
export const largestPreview = megabyte / 2;

/** What every command says of itself that is about media that are there. */
export const aboutMedia = {
  since: 5,
  about: ({ media }: { readonly media: MediaId }): About => ({ is: 'media', id: media }),
  makes: 'nothing',
  log: { kind: 'media' }
} as const;

export function mediaIn({ members }: SpaceState, id: MediaId): Media | undefined {
  return members.media.get(id);
}

export function putMedia(key: MediaId, value: Media): Put {
  return { doc: 'members', map: 'media', key, value };
}

/** What a permission may depend on when somebody does something to these media. */
function mediaTarget(
  state: SpaceState,
  directory: Directory,
  media: Media,
  actor: AccountId,
  on: CalendarDate
): Target {
  const custody = directory.public(media.owner)?.custody;
  const page = media.page && pageIn(state, media.page);
  return {
    mine: media.owner === actor,
    own: custody?.kind === 'home' && custody.custodian === actor,
    permitted: page !== undefined && pageTarget(state, page, actor, on).permitted === true
  };
}

/** In bytes: what is counted of media, their preview included. */
export function countedBytes({ bytes, preview }: Pick<Media, 'bytes' | 'preview'>): number {
  return bytes + (preview?.bytes ?? 0);
}

/** ML2: whether room is kept for them today: not in the trash, nor where they have not arrived for so long. */
export function areCounted(media: Media, now: CalendarDate): boolean {
  return isCounted(media, plusDays(now, -mediaAwaitedDays));
}

/** @param awaited the first day on which media were announced that are still waited for */
function isCounted({ removed, here, on }: Media, awaited: CalendarDate): boolean {
  return !removed && (here?.file === true || on >= awaited);
}

/** ML3: whether they have been in the trash for so long that nobody brings them back. */
export function areGone({ removed }: Media, now: CalendarDate): boolean {
  return removed !== undefined && plusDays(removed.on, mediaTrashDays) < now;
}

/** In bytes: what all media of the TwinSpace that are counted today come to. */
export function mediaBytes({ members }: SpaceState, now: CalendarDate): number {
  return bytesOf(members.media.values(), now);
}

/** What room depends on. */
export interface RoomGround {
  readonly state: SpaceState;
  readonly now: CalendarDate;
  readonly ceilings?: MediaCeilings | undefined;
}

/** ML2, SG6: in bytes: what an administrator has chosen, and never more than the technician's ceiling. */
function mostBytes({ state, ceilings }: RoomGround, name: keyof MediaCeilings): number {
  return Math.min(settingsOf(state)[name], ceilings?.[name] ?? Infinity) * megabyte;
}

/** ML2: whether the TwinSpace has room for media beside all that are counted today. */
export function roomInSpace(ground: RoomGround, media: Media): Refusal | undefined {
  const used = mediaBytes(ground.state, ground.now);
  return used + countedBytes(media) > mostBytes(ground, 'mediaSpaceMegabytes')
    ? refuse('media-full')
    : undefined;
}

/** ML2: whether there is room for media, of their own size, of their owner's day and of the TwinSpace's. */
export function roomFor(ground: RoomGround, media: Media): Refusal | undefined {
  const { state, now } = ground;
  const largest = largestOf(media, mostBytes(ground, 'mediaFilmMegabytes'));
  if (media.bytes > largest || (media.preview?.bytes ?? 0) > largestPreview) {
    return refuse('media-too-large', { megabytes: String(largest / megabyte) });
  }
  if (media.width * media.height > mostPixels) return refuse('too-many-pixels');
  if (media.width === 0 && (media.seconds ?? 0) > longestSound) return refuse('sound-too-long');
  const { owner, on } = media;
  const day = bytesOf(state.members.media.values(), now, (one) => one.owner === owner && one.on === on);
  if (day + countedBytes(media) > mostBytes(ground, 'mediaDayMegabytes')) return refuse('media-day-full');
  return roomInSpace(ground, media);
}

function largestOf({ kind, width, seconds }: Media, film: number): number {
  if (kind === 'mp4' || kind === 'webm') return width === 0 ? largestSound : film;
  return kind === 'gif' || seconds !== undefined ? largestMoving : largestPicture;
}

/** In bytes: what those of them come to that are counted today. They may be thousands, for each that is added. */
function bytesOf(
  all: Iterable<Media>,
  now: CalendarDate,
  are: (media: Media) => boolean = () => true
): number {
  const awaited = plusDays(now, -mediaAwaitedDays);
  let bytes = 0;
  for (const media of all) if (are(media) && isCounted(media, awaited)) bytes += countedBytes(media);
  return bytes;
}

/** ML3, PE27: the media, if this actor may delete them and bring them back; or why not. */
export function mediaToDelete(
  {
    state,
    directory,
    now
  }: { readonly state: SpaceState; readonly directory: Directory; readonly now: CalendarDate },
  id: MediaId,
  actor: AccountId,
  role: Role
): Media | Refusal {
  const media = mediaIn(state, id);
  const target = media && mediaTarget(state, directory, media, actor, now);
  const allowed = can(role, 'delete-media', target);
  if (isRefusal(allowed)) return allowed;
  return media ?? refuse('media-unknown');
}

/** PE35: the media, if this role may say yes or no to what waits; or why not. */
export function mediaToApprove(state: SpaceState, id: MediaId, role: Role): Media | Refusal {
  const allowed = can(role, 'approve-media');
  if (isRefusal(allowed)) return allowed;
  return mediaIn(state, id) ?? refuse('media-unknown');
}

import type { Media, MediaKind } from './records.ts';

const types: Readonly<Record<MediaKind, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  webm: 'video/webm'
};

/** The media type (RFC 6838) of a stored file. */
export function mediaType(kind: MediaKind): string {
  return types[kind];
}

/** How the name of a file ends in which it is stored outside the app. */
export function fileEnding(kind: MediaKind): string {
  return kind === 'jpeg' ? 'jpg' : kind;
}

export function isPicture({ kind }: Pick<Media, 'kind'>): boolean {
  return kind !== 'mp4' && kind !== 'webm';
}

/** What media are to whoever looks at them. */
export type MediaLook = 'picture' | 'film' | 'sound';

/** A film in which there is nothing to be seen is a sound. */
export function kindOfMedia(media: Pick<Media, 'kind' | 'width'>): MediaLook {
  if (isPicture(media)) return 'picture';
  return media.width === 0 ? 'sound' : 'film';
}

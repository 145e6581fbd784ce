import type { MediaKind } from './records.ts';

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

import type { MediaId, SpaceId } from '#lib/domain/ids.ts';

/** What is sent of media: the file itself, or its preview. */
export const mediaParts = ['file', 'preview'] as const;
export type MediaPart = (typeof mediaParts)[number];

/** One file of media. */
export interface MediaAddress {
  readonly space: SpaceId;
  readonly media: MediaId;
  readonly part: MediaPart;
}

/** Where the relay has the bytes (MR4); with `/upload` behind it: where they are sent (MR1). */
export function mediaPath({ space, media, part }: MediaAddress): string {
  return `/api/spaces/${space}/media/${media}/${part}`;
}

import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { limits } from './limits.ts';

const stateVector = v.pipe(
  v.string(),
  v.maxLength(Math.ceil((limits.frame * 4) / 3)),
  v.regex(/^[A-Za-z0-9_-]+$/),
  v.transform(fromBase64Url)
);

/** POST /api/documents: rooms by their names, and the state vector of what the reader has in each, in base64url. */
export const roomsRequest = v.strictObject({
  wanted: v.pipe(
    v.array(v.strictObject({ room: v.pipe(v.string(), v.maxLength(160)), has: stateVector })),
    v.minLength(1),
    v.maxLength(limits.roomsPerRequest)
  )
});

/** The request for what is missing in each of these rooms, given what the reader has. */
export function roomsRequestText(
  wanted: readonly { readonly room: string; readonly has: Uint8Array }[]
): string {
  const travels: RoomsRequest = { wanted: wanted.map(({ room, has }) => ({ room, has: toBase64Url(has) })) };
  return JSON.stringify(travels);
}

/** What travels. */
export type RoomsRequest = v.InferInput<typeof roomsRequest>;
/** One of them, as read. */
export type RoomWanted = v.InferOutput<typeof roomsRequest>['wanted'][number];

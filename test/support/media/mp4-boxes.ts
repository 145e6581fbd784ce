import { big, bytes, zeros, type Part } from './bytes.ts';
import { marker } from './marked.ts';

export const box = (type: string, ...body: readonly Part[]): Buffer => {
  const all = bytes(...body);
  return bytes(big(all.length + 8), type, all);
};
export const full = (type: string, flags: number, ...body: readonly Part[]): Buffer =>
  box(type, big(flags), ...body);

/** Samples of a track, in chunks of two; each has its own length. */
export interface Track {
  readonly id: number;
  readonly handler: string;
  readonly samples: readonly Buffer[];
  readonly description: Buffer;
}

/** What a picture's decoder is told, and whatever else stands there. */
export const described = (codec: string, ...inside: readonly Part[]): Buffer =>
  box(
    codec,
    zeros(6),
    big(1, 2),
    [zeros(4), marker.slice(0, 4), zeros(8)],
    [big(64, 2), big(48, 2), big(0x480000), big(0x480000), zeros(4), big(1, 2)],
    [9, marker, zeros(31 - marker.length), big(24, 2), big(0xffff, 2)],
    ...inside,
    box('colr', 'prof', `${marker} Display`),
    box('st3d', marker)
  );

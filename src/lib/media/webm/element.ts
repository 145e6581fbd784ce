import { broken } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';

/** An element of EBML (RFC 8794): its id with its marker bits, what is in it, and its end. */
export interface Element {
  readonly id: number;
  readonly from: number;
  readonly body: number;
  readonly to: number;
  /** It does not say where it ends: `to` is where the one ends in which it stands. */
  readonly open: boolean;
}

/** The id of Void: space that says nothing (RFC 8794, 11.3.2). */
export const voidId = 0xec;
const longestId = 4;
const longestSize = 8;

/** The elements that fill a stretch of the file, one after the other. */
export async function* elements(walk: Walk, from: number, to: number): AsyncGenerator<Element, void, void> {
  for (let at = from; at < to;) {
    walk.part();
    const element = await elementAt(walk, at, to);
    yield element;
    at = element.to;
  }
}

/** The elements that fill another. */
export function elementsIn(walk: Walk, { body, to }: Element): AsyncGenerator<Element, void, void> {
  return elements(walk, body, to);
}

/** The element that begins here and ends before `end`. */
export async function elementAt(walk: Walk, at: number, end: number): Promise<Element> {
  const idLength = await vintLength(walk, at, longestId);
  const body = at + idLength + (await vintLength(walk, at + idLength, longestSize));
  if (body > end) broken();
  const id = bigEndian(await walk.bytes(at, at + idLength));
  const size = vintValue(await walk.bytes(at + idLength, body));
  const open = size === 'unknown';
  const to = open ? end : body + size;
  return to <= end ? { id, from: at, body, to, open } : broken();
}

/** How many bytes a number takes, by the zeros before its first bit (RFC 8794, 4.1). */
async function vintLength(walk: Walk, at: number, longest: number): Promise<number> {
  const [first = 0] = await walk.bytes(at, at + 1);
  const length = Math.clz32(first) - 23;
  return length <= longest ? length : broken();
}

/** A number of changing length, without its marker; all ones are "unknown" (RFC 8794, 6.2). */
export function vintValue(bytes: Uint8Array): number | 'unknown' {
  const [first = 0, ...rest] = bytes;
  const high = first & (0xff >>> bytes.length);
  if (high === 0xff >>> bytes.length && rest.every((byte) => byte === 0xff)) return 'unknown';
  const value = bigEndian([high, ...rest]);
  return Number.isSafeInteger(value) ? value : broken();
}

/** The number that these bytes make; exact below 2⁵³. */
export function bigEndian(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum = sum * 256 + byte;
  return sum;
}

/** MD2: makes an element a Void of the same length, so that nothing else moves. */
export async function empty(walk: Walk, element: Element): Promise<void> {
  const { id, from, body, to, open } = element;
  if (open) broken();
  if (id === voidId) return walk.zero(body, to);
  const length = to - from;
  // A size of eight bytes holds whatever length; one byte is enough below 127.
  const sizeBytes = length - 2 < 127 ? 1 : longestSize;
  const content = length - 1 - sizeBytes;
  const size = Array.from(
    { length: sizeBytes },
    (_, at) => Math.floor(content / 256 ** (sizeBytes - 1 - at)) % 256
  );
  size[0] = sizeBytes === 1 ? 0x80 | content : 0x01;
  await walk.put(from, [voidId, ...size]);
  await walk.zero(from + 1 + sizeBytes, to);
}

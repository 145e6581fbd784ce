import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { fillerMessage } from './filler.ts';

/** How pictures of H.264 or H.265 are cut into units (ISO/IEC 14496-15): each behind its length, of so many bytes. */
export interface Units {
  readonly codec: 'h264' | 'h265';
  readonly lengthBytes: number;
}

/** What the first byte of a unit says it is, and how long its header is (ITU-T H.264, 7.3.1; H.265, 7.3.1.2). */
const headers = {
  h264: { length: 1, typeOf: (first: number) => first & 0x1f },
  h265: { length: 2, typeOf: (first: number) => (first >> 1) & 0x3f }
} as const;

/** What decoders make pictures of, parameters and marks included (ITU-T H.264, table 7-1; H.265, table 7-1). */
function isPicture(codec: Units['codec'], type: number): boolean {
  if (codec === 'h264')
    return (type >= 1 && type <= 11) || (type >= 13 && type <= 16) || (type >= 19 && type <= 21);
  return type <= 9 || (type >= 16 && type <= 21) || (type >= 32 && type <= 37);
}

function isMessage(codec: Units['codec'], type: number): boolean {
  return codec === 'h264' ? type === 6 : type === 39 || type === 40;
}

/**
 * What messages stay: where one may begin to play, how pictures lie and how bright they are, whether they arrived whole
 * (ITU-T H.264, table D.1; H.265, table D.1). Not what names programs and makers, tells a time or is for captions.
 */
const keptMessages = [0, 3, 6, 45, 47, 129, 132, 137, 144, 147, 165];
/** In bytes: none of these is longer. */
const longestKept = 64;
/** In bytes: more messages than these in one unit nobody writes. */
const longestUnit = 64 * 1024;

/** MD2: walks the units of one sample; what is said beside the pictures is made to say nothing, where it stands. */
export async function walkUnits(walk: Walk, from: number, to: number, units: Units): Promise<void> {
  const { lengthBytes } = units;
  let at = from;
  while (at + lengthBytes <= to) {
    walk.unit();
    let length = 0;
    for (const byte of await walk.bytes(at, at + lengthBytes)) length = length * 256 + byte;
    const body = at + lengthBytes;
    at = body + length;
    if (at > to) broken();
    await walkUnit(walk, body, at, units.codec);
  }
  // Fewer bytes than a length has are nothing.
  await walk.zero(at, to);
}

/** The same for one unit, without its length. */
export async function walkUnit(walk: Walk, from: number, to: number, codec: Units['codec']): Promise<void> {
  const { length, typeOf } = headers[codec];
  if (from === to) return;
  if (from + length > to) return walk.zero(from, to);
  const [first = 0] = await walk.bytes(from, from + 1);
  const type = typeOf(first);
  const body = from + length;
  if (!isMessage(codec, type)) return isPicture(codec, type) ? undefined : walk.zero(body, to);
  if (to - body > longestUnit) throw new Unwalkable('too-much');
  if (!saysLittle(await walk.bytes(body, to))) await walk.put(body, fillerMessage(to - body));
}

/** Whether there are only messages that stay, to the end. */
function saysLittle(coded: Uint8Array): boolean {
  const bytes = unescaped(coded);
  const last = bytes.length - 1;
  if (bytes[last] !== 0x80) return false;
  let at = 0;
  const number = (): number => {
    let value = 0;
    while (bytes[at] === 0xff) {
      value += 255;
      at += 1;
    }
    value += bytes[at] ?? 0;
    at += 1;
    return value;
  };
  while (at < last) {
    const type = number();
    const size = number();
    const payload = bytes.subarray(at, at + size);
    at += size;
    if (!keptMessages.includes(type) || at > last) return false;
    const nothing = type === 3 && payload.every((byte) => byte === 0xff);
    if (!nothing && (type === 3 || size > longestKept)) return false;
  }
  return at === last;
}

/** Without the bytes that keep three others from looking like a beginning (ITU-T H.264, 7.4.1). */
function unescaped(coded: Uint8Array): Uint8Array {
  return coded.filter((byte, at) => !(byte === 3 && at >= 2 && coded[at - 1] === 0 && coded[at - 2] === 0));
}

/** How units are cut, by the description of the decoder (ISO/IEC 14496-15, 5.3.3.1.2 and 8.3.3.1.2). */
export async function unitsOf(walk: Walk, type: string, body: number, to: number): Promise<Units> {
  const codec = type === 'avcC' ? 'h264' : 'h265';
  const at = body + (codec === 'h264' ? 4 : 21);
  if (at >= to) broken();
  const [byte = 0] = await walk.bytes(at, at + 1);
  if (codec === 'h265') await walkParameters(walk, at + 1, to);
  return { codec, lengthBytes: (byte & 3) + 1 };
}

/** The units that stand in the description itself: messages may be among them. */
async function walkParameters(walk: Walk, from: number, to: number): Promise<void> {
  const number = async (at: number): Promise<number> =>
    at + 2 > to ? broken() : (await walk.view(at, at + 2)).getUint16(0);
  if (from >= to) broken();
  const [arrays = 0] = await walk.bytes(from, from + 1);
  let at = from + 1;
  for (let array = 0; array < arrays; array++) {
    const units = await number(at + 1);
    at += 3;
    for (let unit = 0; unit < units; unit++) {
      const end = at + 2 + (await number(at));
      if (end > to) broken();
      await walkUnit(walk, at + 2, end, 'h265');
      at = end;
    }
  }
  await walk.zero(at, to);
}

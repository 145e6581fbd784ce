import { fourSigns, signBytes } from '../four-signs.ts';
import { broken } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';

/** A box (ISO/IEC 14496-12, 4.2): its header, what is in it, and its end. */
export interface Box {
  readonly type: string;
  readonly from: number;
  readonly body: number;
  readonly to: number;
}

/** The boxes that fill a stretch of the file, one after the other. */
export async function* boxes(walk: Walk, from: number, to: number): AsyncGenerator<Box, void, void> {
  for (let at = from; at < to;) {
    walk.part();
    const box = await boxAt(walk, at, to);
    yield box;
    at = box.to;
  }
}

/**
 * The boxes that fill another.
 *
 * @param skip bytes of its own before them
 */
export function boxesIn(walk: Walk, { body, to }: Box, skip = 0): AsyncGenerator<Box, void, void> {
  return boxes(walk, body + skip, to);
}

async function boxAt(walk: Walk, at: number, end: number): Promise<Box> {
  if (at + 8 > end) broken();
  const head = await walk.view(at, at + 8);
  const [said, type] = [head.getUint32(0), fourSigns(head, 4)];
  // Only the last box of the file may leave its length unsaid.
  if (said === 0) return end === walk.length ? { type, from: at, body: at + 8, to: end } : broken();
  const body = at + (said === 1 ? 16 : 8);
  const size = said === 1 ? await long(walk, at + 8) : said;
  if (at + size < body || at + size > end) broken();
  return { type, from: at, body, to: at + size };
}

/** A number of eight bytes; those that no file can have (2⁵³ and more) are broken. */
export async function long(walk: Walk, at: number): Promise<number> {
  const value = Number((await walk.view(at, at + 8)).getBigUint64(0));
  return Number.isSafeInteger(value) ? value : broken();
}

/** MD2: makes a box free space, where it stands, so that nothing else moves. */
export async function free(walk: Walk, { type, from, body, to }: Box): Promise<void> {
  if (!isFree(type)) await walk.put(from + 4, signBytes('free'));
  await walk.zero(body, to);
}

/** Space that says nothing: QuickTime has names of its own for it. */
export function isFree(type: string): boolean {
  return type === 'free' || type === 'skip' || type === 'wide';
}

/** Sees to it that nothing stands in a box behind its first so many bytes, which have to be there. */
export async function nothingBehind(walk: Walk, { body, to }: Box, length: number): Promise<void> {
  if (body + length > to) broken();
  await walk.zero(body + length, to);
}

/** The version of a full box (ISO/IEC 14496-12, 4.2.2): 0 or 1, whose numbers have four and eight bytes. */
export async function version(walk: Walk, { body, to }: Box): Promise<0 | 1> {
  if (body + 4 > to) broken();
  const [found] = await walk.bytes(body, body + 1);
  return found === 0 || found === 1 ? found : broken();
}

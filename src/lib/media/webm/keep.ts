import { mediaLimits } from '../limits.ts';
import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { elementsIn, empty, type Element } from './element.ts';
import type { Elements } from './kept.ts';

/** Names that are kept: of the format (RFC 9559, 3.1) and of codecs (draft-ietf-cellar-codec). */
const names = [
  ...['webm', 'matroska', 'V_VP8', 'V_VP9', 'V_AV1', 'V_MPEG4/ISO/AVC', 'V_MPEGH/ISO/HEVC'],
  ...['A_OPUS', 'A_AAC', 'A_FLAC', 'A_MPEG/L3', 'A_PCM/INT/LIT', 'A_PCM/FLOAT/IEEE']
];
/** Longer than any of these names. */
const longestName = 32;

/** Keeps of an element what is listed, down to its leaves; whatever else is in it becomes Void. */
export async function keep(walk: Walk, parent: Element, listed: Elements): Promise<void> {
  for await (const element of elementsIn(walk, parent)) await keepOne(walk, element, listed);
}

export async function keepOne(walk: Walk, element: Element, listed: Elements): Promise<void> {
  const { id, body, to, open } = element;
  const how = Object.hasOwn(listed, id) ? listed[id] : undefined;
  if (how === undefined) return empty(walk, element);
  if (open) broken();
  if (typeof how === 'object') return keep(walk, element, how);
  switch (how) {
    case 'numbers':
      return to - body <= 8 ? undefined : broken();
    case 'nameless':
      return walk.zero(body, to);
    case 'decoder':
      if (to - body > mediaLimits.decoderBytes) throw new Unwalkable('too-much');
      return undefined;
    case 'name':
      if (!names.includes(await nameIn(walk, element))) throw new Unwalkable('codec');
      return undefined;
    default:
      return how satisfies never;
  }
}

/** A text of ASCII, which zeros may follow (RFC 8794, 7.4). */
export async function nameIn(walk: Walk, { body, to }: Element): Promise<string> {
  if (to - body > longestName) broken();
  return String.fromCharCode(...(await walk.bytes(body, to))).replace(/\0+$/, '');
}

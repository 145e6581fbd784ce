import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { bigEndian, elementsIn, empty, type Element } from './element.ts';
import { keepOne, nameIn } from './keep.ts';
import { trackEntry } from './kept.ts';

/** A track that was walked. */
export interface Track {
  readonly number: number;
  readonly kind: 'picture' | 'sound' | 'other';
  readonly width: number;
  readonly height: number;
}

/** Ids that are looked at here (RFC 9559, 5.1.4). */
const entryId = 0xae;
const numberId = 0xd7;
const typeId = 0x83;
const codecId = 0x86;
const decoderId = 0x63a2;
const videoId = 0xe0;
const widthId = 0xb0;
const heightId = 0xba;
const encodingsId = 0x6d80;

/** Opus begins with its own name and fifteen bytes of numbers; a map of channels makes it longer (RFC 7845, 5.1). */
const longestOpus = 19 + 2 + 255;
/** FLAC's own name, and its stream information: comments would stand behind (RFC 9639, 8). */
const flacHead = 4 + 4 + 34;

/** Walks the tracks; of those that are neither picture nor sound nothing is left. */
export async function walkTracks(walk: Walk, tracks: Element): Promise<ReadonlyMap<number, Track>> {
  const found = new Map<number, Track>();
  for await (const entry of elementsIn(walk, tracks)) {
    if (entry.id !== entryId) {
      await empty(walk, entry);
      continue;
    }
    const track = await readTrack(walk, entry);
    if (found.has(track.number)) broken();
    found.set(track.number, track);
    if (track.kind === 'other') await empty(walk, entry);
    else await walkEntry(walk, entry);
  }
  return found;
}

async function readTrack(walk: Walk, entry: Element): Promise<Track> {
  let [number, type, width, height] = [0, 0, 0, 0];
  for await (const element of elementsIn(walk, entry)) {
    if (element.id === numberId) number = await numberIn(walk, element);
    else if (element.id === typeId) type = await numberIn(walk, element);
    else if (element.id === videoId) {
      for await (const inside of elementsIn(walk, element)) {
        if (inside.id === widthId) width = await numberIn(walk, inside);
        else if (inside.id === heightId) height = await numberIn(walk, inside);
      }
    }
  }
  if (number === 0) broken();
  const kind = type === 1 ? 'picture' : type === 2 ? 'sound' : 'other';
  return kind === 'picture' ? { number, kind, width, height } : { number, kind, width: 0, height: 0 };
}

/** Whole and not below zero (RFC 8794, 7.2). */
export async function numberIn(walk: Walk, { body, to }: Element): Promise<number> {
  return to - body <= 8 ? bigEndian(await walk.bytes(body, to)) : broken();
}

async function walkEntry(walk: Walk, entry: Element): Promise<void> {
  let codec = '';
  let decoder = 0;
  for await (const element of elementsIn(walk, entry)) {
    // Without what says how its data were packed or enciphered nobody could read them.
    if (element.id === encodingsId) throw new Unwalkable('codec');
    if (element.id === codecId) codec = await nameIn(walk, element);
    if (element.id === decoderId) decoder = element.to - element.body;
    await keepOne(walk, element, trackEntry);
  }
  const room = codec === 'A_OPUS' ? longestOpus : codec === 'A_FLAC' ? flacHead : Number.POSITIVE_INFINITY;
  if (codec === '' || decoder > room) throw new Unwalkable('codec');
}

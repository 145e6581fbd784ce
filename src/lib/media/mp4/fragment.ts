import { mediaLimits } from '../limits.ts';
import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { boxesIn, free, long, nothingBehind, type Box } from './box.ts';
import type { Stretches } from './stretches.ts';
import type { Track } from './track.ts';
import { walkUnits } from './units.ts';

/** What samples of a track are where a fragment says nothing (ISO/IEC 14496-12, 8.8.3). */
export interface SampleDefaults {
  readonly duration: number;
  readonly size: number;
}

/** The tracks of a film in fragments, by their ids, and what is noted of them. */
export interface Fragmented {
  readonly tracks: ReadonlyMap<number, Track>;
  readonly defaults: ReadonlyMap<number, SampleDefaults>;
  readonly data: (kind: Track['kind']) => Stretches;
  /** Notes a run of samples. */
  readonly ran: (track: Track, samples: number, duration: number) => void;
}

/** Where the data of a track's fragment begin, and what its samples are unless they say otherwise. */
interface Head extends SampleDefaults {
  readonly track: Track;
  readonly base: number;
}

/** Bits of `tfhd` and `trun` (8.8.7, 8.8.8) that say which numbers follow. */
const bit = {
  base: 0x1,
  description: 0x2,
  duration: 0x8,
  size: 0x10,
  flags: 0x20,
  baseIsFragment: 0x20000
} as const;
const runBit = {
  offset: 0x1,
  firstFlags: 0x4,
  duration: 0x100,
  size: 0x200,
  flags: 0x400,
  shift: 0x800
} as const;

/** Walks a fragment: of tracks that are neither picture nor sound nothing is left, and of the others what is needed. */
export async function walkFragment(walk: Walk, moof: Box, film: Fragmented): Promise<void> {
  let end = moof.from;
  for await (const box of boxesIn(walk, moof)) {
    if (box.type === 'mfhd') await nothingBehind(walk, box, 8);
    else if (box.type === 'traf') end = await walkTrackFragment(walk, box, moof.from, end, film);
    else await free(walk, box);
  }
}

/** @returns where the data of this track's fragment end: another's begin there, if it says nothing. */
async function walkTrackFragment(
  walk: Walk,
  traf: Box,
  moof: number,
  before: number,
  film: Fragmented
): Promise<number> {
  let head: Head | undefined;
  let at = before;
  for await (const box of boxesIn(walk, traf)) {
    if (box.type === 'tfhd') {
      if (head) broken();
      head = await readHead(walk, box, moof, before, film);
      at = head.base;
    } else if (box.type === 'trun') {
      if (!head) broken();
      at = await walkRun(walk, box, head, at, film);
    } else if (head?.track.kind === 'other') continue;
    else if (box.type === 'tfdt')
      await nothingBehind(walk, box, (await walk.bytes(box.body, box.body + 1))[0] === 1 ? 12 : 8);
    else await free(walk, box);
  }
  if (!head) broken();
  if (head.track.kind === 'other') await free(walk, traf);
  return at;
}

/** Reads numbers of four bytes one after the other. */
class Numbers {
  #at: number;
  readonly #walk: Walk;

  constructor(walk: Walk, at: number) {
    this.#walk = walk;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  async next(): Promise<number> {
    this.#at += 4;
    return (await this.#walk.view(this.#at - 4, this.#at)).getUint32(0);
  }

  async nextLong(): Promise<number> {
    this.#at += 8;
    return long(this.#walk, this.#at - 8);
  }
}

async function readHead(walk: Walk, box: Box, moof: number, before: number, film: Fragmented): Promise<Head> {
  const numbers = new Numbers(walk, box.body);
  const flags = (await numbers.next()) & 0xffffff;
  const id = await numbers.next();
  const track = film.tracks.get(id) ?? broken();
  const usual = film.defaults.get(id);
  const unsaid = flags & bit.baseIsFragment ? moof : before;
  const base = flags & bit.base ? await numbers.nextLong() : unsaid;
  if (flags & bit.description) await numbers.next();
  const duration = flags & bit.duration ? await numbers.next() : (usual?.duration ?? 0);
  const size = flags & bit.size ? await numbers.next() : (usual?.size ?? 0);
  if (flags & bit.flags) await numbers.next();
  if (track.kind !== 'other') await nothingBehind(walk, box, numbers.at - box.body);
  return { track, base, duration, size };
}

/** @returns where the run's data end. */
async function walkRun(walk: Walk, box: Box, head: Head, before: number, film: Fragmented): Promise<number> {
  const numbers = new Numbers(walk, box.body);
  const flags = (await numbers.next()) & 0xffffff;
  const samples = await numbers.next();
  if (samples > mediaLimits.samples) throw new Unwalkable('too-much');
  const from = flags & runBit.offset ? head.base + ((await numbers.next()) | 0) : before;
  if (flags & runBit.firstFlags) await numbers.next();
  const sizes = new Uint32Array(samples);
  let [to, duration] = [from, 0];
  for (let sample = 0; sample < samples; sample++) {
    duration += flags & runBit.duration ? await numbers.next() : head.duration;
    sizes[sample] = flags & runBit.size ? await numbers.next() : head.size;
    to += sizes[sample] ?? 0;
    if (flags & runBit.flags) await numbers.next();
    if (flags & runBit.shift) await numbers.next();
  }
  if (from < 0) broken();
  if (head.track.kind !== 'other') await nothingBehind(walk, box, numbers.at - box.body);
  // Once the numbers are read, so that the file is not gone through to and fro.
  const { units } = head.track;
  let at = from;
  for (const size of units ? sizes : []) {
    if (units) await walkUnits(walk, at, at + size, units);
    at += size;
  }
  film.data(head.track.kind).add(from, to);
  film.ran(head.track, samples, duration);
  return to;
}

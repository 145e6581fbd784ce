import { mediaLimits } from '../limits.ts';
import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { boxesIn, free, long, nothingBehind, type Box } from './box.ts';
import { walkDescriptions } from './descriptions.ts';
import type { Stretches } from './stretches.ts';
import type { TrackKind } from './track-kind.ts';
import { walkUnits, type Units } from './units.ts';

/** How long the entries of a table are, in bytes, behind its version and their number. */
const entryLengths: Readonly<Record<string, number>> = {
  stts: 8,
  ctts: 8,
  stss: 4,
  stsc: 12,
  stco: 4,
  co64: 8
};

/** The tables of one track; those that are not there are empty. */
interface Tables {
  /** Of each sample, in bytes. */
  sizes: Uint32Array;
  /** Where each chunk of samples begins in the file. */
  chunks: Float64Array;
  /** From which chunk on (counted from 1) chunks have so many samples: pairs. */
  perChunk: readonly (readonly [first: number, samples: number])[];
}

/**
 * Walks the sample tables of a track (ISO/IEC 14496-12, 8.5–8.7) and notes where its samples lie. Tables that are not
 * needed for playing become free space.
 *
 * @returns how many samples there are, and how they are cut into units
 */
export async function walkSampleTables(
  walk: Walk,
  stbl: Box,
  kind: TrackKind,
  data: Stretches
): Promise<{ readonly samples: number; readonly units?: Units }> {
  let units: Units | undefined;
  const tables: Tables = { sizes: new Uint32Array(), chunks: new Float64Array(), perChunk: [] };
  const seen = new Set<string>();
  for await (const box of boxesIn(walk, stbl)) {
    const { type } = box;
    const isTable = type in entryLengths || type === 'stsz' || type === 'stz2' || type === 'stsd';
    if (isTable && seen.has(type)) broken();
    seen.add(type);
    if (type === 'stsd') units = await walkDescriptions(walk, box, kind);
    else if (type === 'stsz') tables.sizes = await sizes(walk, box);
    else if (type === 'stz2') tables.sizes = await compactSizes(walk, box);
    else if (type in entryLengths) await readEntries(walk, box, tables);
    else if (kind !== 'other') await free(walk, box);
  }
  if (kind !== 'other' && !seen.has('stsd')) broken();
  await walkSamples(walk, tables, units, data);
  return { samples: tables.sizes.length, ...(units ? { units } : {}) };
}

/** How many entries a table says to have, all of which are there. */
async function count(walk: Walk, box: Box, head: number, entryLength: number): Promise<number> {
  if (box.body + head > box.to) broken();
  const entries = (await walk.view(box.body + head - 4, box.body + head)).getUint32(0);
  if (entries > mediaLimits.samples) throw new Unwalkable('too-much');
  await nothingBehind(walk, box, head + Math.ceil(entries * entryLength));
  return entries;
}

async function readEntries(walk: Walk, box: Box, tables: Tables): Promise<void> {
  const entryLength = entryLengths[box.type] ?? broken();
  const entries = await count(walk, box, 8, entryLength);
  const first = box.body + 8;
  if (box.type === 'stco' || box.type === 'co64') {
    if (tables.chunks.length > 0) broken();
    if (entries > mediaLimits.stretches) throw new Unwalkable('too-much');
    const wide = box.type === 'co64';
    tables.chunks = new Float64Array(entries);
    for (let at = 0; at < entries; at++) {
      const place = first + at * entryLength;
      tables.chunks[at] = wide ? await long(walk, place) : (await walk.view(place, place + 4)).getUint32(0);
    }
  }
  if (box.type !== 'stsc') return;
  if (entries > mediaLimits.stretches) throw new Unwalkable('too-much');
  const runs: (readonly [number, number])[] = [];
  for (let at = 0; at < entries; at++) {
    const entry = await walk.view(first + at * 12, first + at * 12 + 8);
    runs.push([entry.getUint32(0), entry.getUint32(4)]);
  }
  tables.perChunk = runs;
}

async function sizes(walk: Walk, box: Box): Promise<Uint32Array> {
  if (box.body + 12 > box.to) broken();
  const all = (await walk.view(box.body + 4, box.body + 8)).getUint32(0);
  const entries = await count(walk, box, 12, all === 0 ? 4 : 0);
  if (all !== 0) return new Uint32Array(entries).fill(all);
  const found = new Uint32Array(entries);
  for (let at = 0; at < entries; at++) {
    const place = box.body + 12 + at * 4;
    found[at] = (await walk.view(place, place + 4)).getUint32(0);
  }
  return found;
}

async function compactSizes(walk: Walk, box: Box): Promise<Uint32Array> {
  const [bits = 0] = await walk.bytes(box.body + 7, box.body + 8);
  if (![4, 8, 16].includes(bits)) broken();
  const entries = await count(walk, box, 12, bits / 8);
  const found = new Uint32Array(entries);
  for (let at = 0; at < entries; at++) {
    const place = box.body + 12 + Math.floor((at * bits) / 8);
    const [high = 0, low = 0] = await walk.bytes(place, place + Math.ceil(bits / 8));
    if (bits === 16) found[at] = high * 256 + low;
    else if (bits === 8) found[at] = high;
    else found[at] = at % 2 === 0 ? high >> 4 : high & 0x0f;
  }
  return found;
}

/** Every sample in a chunk, every chunk in the file. */
async function walkSamples(
  walk: Walk,
  { sizes: all, chunks, perChunk }: Tables,
  units: Units | undefined,
  data: Stretches
): Promise<void> {
  let run = 0;
  let sample = 0;
  for (const [at, from] of chunks.entries()) {
    while ((perChunk[run + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= at + 1) run += 1;
    const [first, samples] = perChunk[run] ?? broken();
    if (first > at + 1 || sample + samples > all.length) broken();
    let to = from;
    for (const size of all.subarray(sample, sample + samples)) {
      if (units) await walkUnits(walk, to, to + size, units);
      to += size;
    }
    data.add(from, to);
    sample += samples;
  }
  if (sample !== all.length) broken();
}

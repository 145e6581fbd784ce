import { fourSigns } from '../four-signs.ts';
import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { boxesIn, free, long, nothingBehind, version, type Box } from './box.ts';
import type { Units } from './units.ts';
import { walkSampleTables } from './sample-tables.ts';
import type { Stretches } from './stretches.ts';
import { trackKind, type TrackKind } from './track-kind.ts';

/** A track that was walked. */
export interface Track {
  readonly id: number;
  readonly kind: TrackKind;
  /** In pixels, as it is shown. */
  readonly width: number;
  readonly height: number;
  /** In how many parts its seconds are counted. */
  readonly timescale: number;
  readonly samples: number;
  /** How its pictures are cut, if they are. */
  readonly units?: Units;
}

/** What is found out of a track on the way through its boxes. */
interface Finding {
  id?: number;
  width: number;
  height: number;
  timescale: number;
  samples: number;
  units?: Units;
}

/** "Not said", in the packed letters of a track's language (ISO/IEC 14496-12, 8.4.2). */
const noLanguage = [0x55, 0xc4];

/**
 * Walks a track. One that is neither picture nor sound becomes free space as a whole; of the others times, names and
 * languages go.
 *
 * @param data gets where the track's samples lie
 */
export async function walkTrack(walk: Walk, trak: Box, data: (kind: TrackKind) => Stretches): Promise<Track> {
  const kind = trackKind(await handlerOf(walk, trak));
  const finding: Finding = { width: 0, height: 0, timescale: 0, samples: 0 };
  for await (const box of boxesIn(walk, trak)) {
    if (box.type === 'tkhd') await walkHeader(walk, box, finding, kind);
    else if (box.type === 'mdia') await walkMedia(walk, box, finding, kind, data(kind));
    else if (kind === 'other') continue;
    else if (box.type === 'edts') await walkEditList(walk, box);
    else await free(walk, box);
  }
  if (finding.id === undefined) broken();
  if (kind === 'other') await free(walk, trak);
  else if (finding.timescale === 0) broken();
  return { ...finding, id: finding.id, kind };
}

async function handlerOf(walk: Walk, trak: Box): Promise<string> {
  for await (const mdia of boxesIn(walk, trak)) {
    if (mdia.type !== 'mdia') continue;
    for await (const { type, body, to } of boxesIn(walk, mdia)) {
      if (type !== 'hdlr') continue;
      return body + 12 > to ? broken() : fourSigns(await walk.view(body, body + 12), 8);
    }
  }
  return broken();
}

async function walkHeader(walk: Walk, box: Box, finding: Finding, kind: TrackKind): Promise<void> {
  if (finding.id !== undefined) broken();
  const wide = (await version(walk, box)) === 1;
  const { body } = box;
  // ISO/IEC 14496-12, 8.3.2: two times, the id, four empty bytes and the duration, then eight empty ones.
  const [id, behind] = wide ? [body + 20, body + 36] : [body + 12, body + 24];
  if (behind + 60 > box.to) broken();
  const numbers = await walk.view(behind + 16, behind + 60);
  const size = [numbers.getUint16(36), numbers.getUint16(40)] as const;
  // Phones turn films by the matrix: a quarter turn has nothing on its diagonal.
  const turned = numbers.getUint32(0) === 0 && numbers.getUint32(16) === 0;
  [finding.width, finding.height] = turned ? [size[1], size[0]] : size;
  finding.id = (await walk.view(id, id + 4)).getUint32(0);
  if (kind === 'other') return;
  await walk.zero(body + 4, id);
  await walk.zero(id + 4, id + 8);
  await walk.zero(behind, behind + 8);
  await nothingBehind(walk, box, behind + 60 - body);
}

async function walkMedia(
  walk: Walk,
  mdia: Box,
  finding: Finding,
  kind: TrackKind,
  data: Stretches
): Promise<void> {
  for await (const box of boxesIn(walk, mdia)) {
    if (box.type === 'minf') await walkInformation(walk, box, finding, kind, data);
    else if (kind === 'other') continue;
    else if (box.type === 'mdhd') await walkMediaHeader(walk, box, finding);
    else if (box.type === 'hdlr') await walkHandler(walk, box);
    else await free(walk, box);
  }
}

async function walkMediaHeader(walk: Walk, box: Box, finding: Finding): Promise<void> {
  const wide = (await version(walk, box)) === 1;
  const timescale = box.body + (wide ? 20 : 12);
  const language = timescale + (wide ? 12 : 8);
  if (language + 4 > box.to) broken();
  finding.timescale = (await walk.view(timescale, timescale + 4)).getUint32(0);
  await walk.zero(box.body + 4, timescale);
  await walk.put(language, noLanguage);
  await walk.zero(language + 2, box.to);
}

/** What a handler is stays; who made it and what they called it goes. */
async function walkHandler(walk: Walk, { body, to }: Box): Promise<void> {
  if (body + 12 > to) broken();
  const component = fourSigns(await walk.view(body + 4, body + 8), 0);
  if (component !== 'mhlr' && component !== 'dhlr') await walk.zero(body + 4, body + 8);
  await walk.zero(body + 12, to);
}

async function walkInformation(
  walk: Walk,
  minf: Box,
  finding: Finding,
  kind: TrackKind,
  data: Stretches
): Promise<void> {
  let tables = 0;
  for await (const box of boxesIn(walk, minf)) {
    if (box.type === 'stbl') {
      tables += 1;
      const { samples, units } = await walkSampleTables(walk, box, kind, data);
      finding.samples += samples;
      if (units) finding.units = units;
    } else if (kind === 'other') continue;
    else if (box.type === 'vmhd') await nothingBehind(walk, box, 12);
    else if (box.type === 'smhd') await nothingBehind(walk, box, 8);
    else if (box.type === 'hdlr') await walkHandler(walk, box);
    else if (box.type === 'dinf') await walkDataInformation(walk, box);
    else await free(walk, box);
  }
  if (tables !== 1) broken();
}

/** Where the data are: in this file. A path to another one goes, and a film that needs it is not stored. */
async function walkDataInformation(walk: Walk, dinf: Box): Promise<void> {
  for await (const box of boxesIn(walk, dinf)) {
    if (box.type !== 'dref') {
      await free(walk, box);
      continue;
    }
    if (box.body + 8 > box.to) broken();
    for await (const { body, to } of boxesIn(walk, box, 8)) {
      if (body + 4 > to) broken();
      if (((await walk.view(body, body + 4)).getUint32(0) & 1) === 0) throw new Unwalkable('codec');
      await walk.zero(body + 4, to);
    }
  }
}

async function walkEditList(walk: Walk, edts: Box): Promise<void> {
  for await (const box of boxesIn(walk, edts)) {
    if (box.type !== 'elst') {
      await free(walk, box);
      continue;
    }
    const wide = (await version(walk, box)) === 1;
    if (box.body + 8 > box.to) broken();
    const entries = (await walk.view(box.body + 4, box.body + 8)).getUint32(0);
    await nothingBehind(walk, box, 8 + entries * (wide ? 20 : 12));
  }
}

/** The seconds of a header that says a timescale and a duration, as `mvhd` and `mdhd` do. */
export async function durationIn(walk: Walk, box: Box): Promise<number> {
  const wide = (await version(walk, box)) === 1;
  const at = box.body + (wide ? 20 : 12);
  if (at + (wide ? 12 : 8) > box.to) broken();
  const timescale = (await walk.view(at, at + 4)).getUint32(0);
  const duration = wide ? await long(walk, at + 4) : (await walk.view(at + 4, at + 8)).getUint32(0);
  return timescale === 0 ? broken() : duration / timescale;
}

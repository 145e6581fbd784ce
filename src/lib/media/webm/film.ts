import type { Measures } from '../measures.ts';
import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { elementAt, elements, elementsIn, empty, vintValue, type Element } from './element.ts';
import { keep, keepOne } from './keep.ts';
import { blockGroup, cluster, ebmlHeader, segmentHead } from './kept.ts';
import { numberIn, walkTracks, type Track } from './track.ts';

/** Ids that are looked at here (RFC 9559, 5.1). */
const headerId = 0x1a45dfa3;
const segmentId = 0x18538067;
const infoId = 0x1549a966;
const scaleId = 0x2ad7b1;
const durationId = 0x4489;
const tracksId = 0x1654ae6b;
const clusterId = 0x1f43b675;
const clusterTimeId = 0xe7;
const simpleBlockId = 0xa3;
const groupId = 0xa0;
const blockId = 0xa1;
/** What stands in a segment and in nothing else: a cluster that does not say where it ends, ends before one of these. */
const ofSegment = [0x114d9b74, infoId, tracksId, clusterId, 0x1c53bb6b, 0x1043a770, 0x1254c367, 0x1941a469];

/** What is found out on the way. */
interface Finding {
  tracks: ReadonlyMap<number, Track> | undefined;
  /** In nanoseconds: what a time of the file counts. */
  scale: number;
  duration: number;
  lastTime: number;
  readonly blocks: Map<Track, number>;
}

/**
 * Walks a WebM or Matroska film or sound (RFC 9559), also one whose segment and clusters do not say where they end.
 * Nothing moves: tags, titles, names, dates, chapters, attachments, checksums and tracks that are neither picture nor
 * sound become Void; whatever follows the segment is left out.
 */
export async function walkWebm(walk: Walk): Promise<Measures> {
  const header = await elementAt(walk, 0, walk.length);
  if (header.id !== headerId) broken();
  await keep(walk, header, ebmlHeader);
  const segment = await elementAt(walk, header.to, walk.length);
  if (segment.id !== segmentId) broken();
  const finding: Finding = {
    tracks: undefined,
    scale: 1_000_000,
    duration: 0,
    lastTime: 0,
    blocks: new Map()
  };
  for (let at = segment.body; at < segment.to;) {
    walk.part();
    const element = await elementAt(walk, at, segment.to);
    at = await walkOfSegment(walk, element, finding);
  }
  if (segment.to < walk.length) walk.leaveOut(segment.to, walk.length);
  return measures(finding);
}

/** @returns where it ends. */
async function walkOfSegment(walk: Walk, element: Element, finding: Finding): Promise<number> {
  if (element.id === clusterId) return walkCluster(walk, element, finding);
  if (element.id === tracksId) {
    if (finding.tracks || element.open) broken();
    finding.tracks = await walkTracks(walk, element);
  } else {
    await keepOne(walk, element, segmentHead);
    if (element.id === infoId) await readInfo(walk, element, finding);
  }
  return element.to;
}

async function readInfo(walk: Walk, info: Element, finding: Finding): Promise<void> {
  for await (const element of elementsIn(walk, info)) {
    const length = element.to - element.body;
    if (element.id === scaleId) finding.scale = await numberIn(walk, element);
    else if (element.id === durationId && (length === 4 || length === 8)) {
      const view = await walk.view(element.body, element.to);
      finding.duration = length === 4 ? view.getFloat32(0) : view.getFloat64(0);
    }
  }
}

/** @returns where it ends. */
async function walkCluster(walk: Walk, element: Element, finding: Finding): Promise<number> {
  const tracks = finding.tracks ?? broken();
  let time = 0;
  for await (const inside of elements(walk, element.body, element.to)) {
    if (element.open && ofSegment.includes(inside.id)) return inside.from;
    if (inside.id === simpleBlockId) await walkBlock(walk, inside, inside, tracks, finding, time);
    else if (inside.id === groupId) await walkGroup(walk, inside, tracks, finding, time);
    else {
      await keepOne(walk, inside, cluster);
      if (inside.id === clusterTimeId) time = await numberIn(walk, inside);
    }
  }
  return element.to;
}

async function walkGroup(
  walk: Walk,
  group: Element,
  tracks: ReadonlyMap<number, Track>,
  finding: Finding,
  time: number
): Promise<void> {
  if (group.open) broken();
  for await (const element of elementsIn(walk, group)) {
    if (element.id !== blockId) continue;
    if (!(await walkBlock(walk, element, group, tracks, finding, time))) return;
  }
  for await (const element of elementsIn(walk, group)) {
    if (element.id !== blockId) await keepOne(walk, element, blockGroup);
  }
}

/** @returns whether it belongs to a picture or a sound; else the whole of it becomes Void. */
async function walkBlock(
  walk: Walk,
  { body, to, open }: Element,
  whole: Element,
  tracks: ReadonlyMap<number, Track>,
  finding: Finding,
  time: number
): Promise<boolean> {
  if (open) broken();
  const [first = 0] = await walk.bytes(body, body + 1);
  const length = Math.clz32(first) - 23;
  if (length > 8 || body + length + 3 > to) broken();
  const track = tracks.get(Number(vintValue(await walk.bytes(body, body + length))));
  if (!track || track.kind === 'other') {
    await empty(walk, whole);
    return false;
  }
  const offset = (await walk.view(body + length, body + length + 2)).getInt16(0);
  finding.lastTime = Math.max(finding.lastTime, time + offset);
  finding.blocks.set(track, (finding.blocks.get(track) ?? 0) + 1);
  return true;
}

function measures({ blocks, scale, duration, lastTime }: Finding): Measures {
  const picture = [...blocks.keys()].find(({ kind }) => kind === 'picture');
  const sound = [...blocks.keys()].some(({ kind }) => kind === 'sound');
  if (!picture && !sound) throw new Unwalkable('empty');
  const times = Number.isFinite(duration) && duration > lastTime ? duration : lastTime;
  return {
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    frames: picture ? (blocks.get(picture) ?? 0) : 0,
    seconds: (times * scale) / 1_000_000_000,
    sound
  };
}

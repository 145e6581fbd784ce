import { fourSigns } from '../four-signs.ts';
import { mediaLimits } from '../limits.ts';
import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { boxes, boxesIn, free, type Box } from './box.ts';
import type { TrackKind } from './track-kind.ts';
import { unitsOf, type Units } from './units.ts';

/** How pictures may be coded: H.264, H.265, VP8, VP9, AV1, MPEG-4. */
const pictureCodecs = ['avc1', 'avc3', 'hvc1', 'hev1', 'vp08', 'vp09', 'av01', 'mp4v'];
/** How sound may be coded: AAC, Opus, FLAC, ALAC, MP3, and plain samples. */
const soundCodecs = ['mp4a', 'Opus', 'fLaC', 'alac', '.mp3', 'sowt', 'twos', 'lpcm', 'ipcm'];

/** What a decoder needs to begin, or to show colours and sizes rightly; all else in a description becomes free space. */
const keptInside = [
  ...['avcC', 'hvcC', 'vpcC', 'av1C', 'esds', 'dOps', 'dfLa', 'alac', 'pcmC', 'frma', 'chan'],
  ...['colr', 'pasp', 'clap', 'btrt', 'fiel', 'gama', 'mdcv', 'clli', 'SmDm', 'CoLL', 'mp4a', '\0\0\0\0']
];
/** Bytes of a description before its boxes (ISO/IEC 14496-12, 12.1.3 and 12.2.3). */
const pictureHead = 78;
const soundHead = 28;
/** QuickTime's further numbers of sound, by the version of the description (QuickTime File Format, "Sound sample descriptions"). */
const moreOfSound: Readonly<Record<number, number>> = { 0: 0, 1: 16, 2: 36 };

/** Pictures that are cut into units, and what says how. */
const cut: Readonly<Record<string, string>> = { avc1: 'avcC', avc3: 'avcC', hvc1: 'hvcC', hev1: 'hvcC' };

/**
 * Walks the descriptions of a track's samples: names of compressors and their makers go, what a decoder needs stays.
 *
 * @returns how its pictures are cut into units, if they are
 */
export async function walkDescriptions(walk: Walk, stsd: Box, kind: TrackKind): Promise<Units | undefined> {
  if (kind === 'other') return undefined;
  if (stsd.body + 8 > stsd.to) broken();
  const head = await walk.view(stsd.body, stsd.body + 8);
  const [version, entries] = [head.getUint8(0), head.getUint32(4)];
  let found = 0;
  let units: Units | undefined;
  for await (const entry of boxesIn(walk, stsd, 8)) {
    found += 1;
    if (!(kind === 'picture' ? pictureCodecs : soundCodecs).includes(entry.type))
      throw new Unwalkable('codec');
    const inside =
      kind === 'picture' ? await pictureEntry(walk, entry) : await soundEntry(walk, entry, version);
    const here = await walkInside(walk, boxes(walk, inside, entry.to), cut[entry.type]);
    if (found > 1 && (here?.codec !== units?.codec || here?.lengthBytes !== units?.lengthBytes)) broken();
    units = here;
  }
  if (found === 0 || found !== entries) broken();
  return units;
}

async function pictureEntry(walk: Walk, { body, to }: Box): Promise<number> {
  if (body + pictureHead > to) broken();
  await walk.zero(body, body + 6);
  // Version, maker and qualities.
  await walk.zero(body + 8, body + 24);
  // The compressor's name.
  await walk.zero(body + 42, body + 74);
  return body + pictureHead;
}

async function soundEntry(walk: Walk, { body, to }: Box, descriptions: number): Promise<number> {
  if (body + soundHead > to) broken();
  const version = (await walk.view(body + 8, body + 10)).getUint16(0);
  const more = descriptions === 0 ? (moreOfSound[version] ?? broken()) : 0;
  await walk.zero(body, body + 6);
  // Revision and maker.
  await walk.zero(body + 10, body + 16);
  if (body + soundHead + more > to) broken();
  return body + soundHead + more;
}

async function walkInside(
  walk: Walk,
  inside: AsyncGenerator<Box, void, void>,
  cutBy: string | undefined,
  wrapped = false
): Promise<Units | undefined> {
  let units: Units | undefined;
  for await (const box of inside) {
    // QuickTime wraps what AAC needs once more.
    if (box.type === 'wave' && !wrapped) await walkInside(walk, boxesIn(walk, box), undefined, true);
    else if (!keptInside.includes(box.type) || !(await saysColours(walk, box))) await free(walk, box);
    else if (box.to - box.from > mediaLimits.decoderBytes) throw new Unwalkable('too-much');
    else if (box.type === 'dfLa' && box.to - box.body !== flacHead) throw new Unwalkable('codec');
    else if (box.type === cutBy) {
      if (units) broken();
      units = await unitsOf(walk, box.type, box.body, box.to);
    }
  }
  if (cutBy !== undefined && !units) broken();
  return units;
}

/** The bytes of FLAC's stream information; whatever else stands behind it is names and comments (RFC 9639, 8). */
const flacHead = 4 + 4 + 34;

/** Colours by numbers, not by a profile, which names its maker, its device and its day. */
async function saysColours(walk: Walk, { type, body, to }: Box): Promise<boolean> {
  if (type !== 'colr') return true;
  if (body + 4 > to) return false;
  const way = fourSigns(await walk.view(body, body + 4), 0);
  return (way === 'nclx' || way === 'nclc') && to - body <= 11;
}

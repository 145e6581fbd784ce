import { fourSigns, signBytes } from '../four-signs.ts';
import { mediaLimits } from '../limits.ts';
import type { Measures } from '../measures.ts';
import { broken, Unwalkable } from '../unwalkable.ts';
import type { Walk } from '../walk.ts';
import { boxes, boxesIn, free, nothingBehind, version, type Box } from './box.ts';
import { walkFragment, type SampleDefaults } from './fragment.ts';
import { apart, gaps, Stretches, within } from './stretches.ts';
import type { TrackKind } from './track-kind.ts';
import { durationIn, walkTrack, type Track } from './track.ts';

/** Brands that say how a film is made and not with what (https://mp4ra.org); any other becomes the plainest. */
const plainBrands = [
  ...['isom', 'iso2', 'iso3', 'iso4', 'iso5', 'iso6', 'iso7', 'iso8', 'iso9', 'mp41', 'mp42', 'avc1', 'av01'],
  ...[
    'hvc1',
    'hev1',
    'vp09',
    'M4V ',
    'M4A ',
    'qt  ',
    'dash',
    'cmfc',
    'mp71',
    '3gp4',
    '3gp5',
    '3gp6',
    '\0\0\0\0'
  ]
];
const plainest = 'isom';

/** What the header of a film says, and what its fragments add. */
class Film {
  readonly tracks = new Map<number, Track>();
  readonly defaults = new Map<number, SampleDefaults>();
  seconds = 0;
  /** Samples by their track, those of fragments included. */
  readonly #samples = new Map<number, number>();
  readonly #durations = new Map<number, number>();
  readonly kept = new Stretches();
  readonly others = new Stretches();

  readonly data = (kind: TrackKind): Stretches => (kind === 'other' ? this.others : this.kept);

  add(track: Track): void {
    if (this.tracks.has(track.id)) broken();
    this.tracks.set(track.id, track);
    this.ran(track, track.samples, 0);
  }

  readonly ran = ({ id }: Track, samples: number, duration: number): void => {
    this.#samples.set(id, (this.#samples.get(id) ?? 0) + samples);
    this.#durations.set(id, (this.#durations.get(id) ?? 0) + duration);
    const all = [...this.#samples.values()].reduce((sum, one) => sum + one, 0);
    if (all > mediaLimits.samples) throw new Unwalkable('too-much');
  };

  measures(): Measures {
    const tracks = [...this.tracks.values()].filter(
      ({ id, kind }) => kind !== 'other' && (this.#samples.get(id) ?? 0) > 0
    );
    const picture = tracks.find(({ kind }) => kind === 'picture');
    const sound = tracks.some(({ kind }) => kind === 'sound');
    if (!picture && !sound) throw new Unwalkable('empty');
    const lengths = tracks.map(({ id, timescale }) => (this.#durations.get(id) ?? 0) / timescale);
    return {
      width: picture?.width ?? 0,
      height: picture?.height ?? 0,
      frames: picture ? (this.#samples.get(picture.id) ?? 0) : 0,
      seconds: Math.max(this.seconds, ...lengths),
      sound
    };
  }
}

/**
 * Walks a film or a sound in boxes (ISO/IEC 14496-12; QuickTime File Format), whole or in fragments. Nothing moves: what
 * is not needed for playing becomes free space, times become zero, and of the data whatever belongs to no picture and no
 * sound is overwritten, tracks of places, times and counters first of all.
 */
export async function walkMp4(walk: Walk): Promise<Measures> {
  const film = new Film();
  const data = new Stretches();
  const fragments: Box[] = [];
  let headers = 0;
  for await (const box of boxes(walk, 0, walk.length)) {
    if (box.type === 'ftyp') await walkBrands(walk, box);
    else if (box.type === 'mdat') data.add(box.body, box.to);
    else if (box.type === 'moof') fragments.push(box);
    else if (box.type === 'moov') {
      headers += 1;
      await walkHeader(walk, box, film);
    } else await free(walk, box);
  }
  if (headers !== 1) broken();
  for (const moof of fragments) await walkFragment(walk, moof, film);
  const kept = film.kept.merged();
  const room = data.merged();
  within(kept, room);
  apart(kept, film.others.merged());
  for (const one of room) {
    for (const [from, to] of gaps(one, kept)) await walk.empty(from, to);
  }
  return film.measures();
}

/** ISO/IEC 14496-12, 4.3: one brand, its version, and those that it goes with. */
async function walkBrands(walk: Walk, { body, to }: Box): Promise<void> {
  if (to - body < 8 || (to - body) % 4 !== 0 || to - body > 256) broken();
  await walk.zero(body + 4, body + 8);
  for (let at = body; at < to; at += 4) {
    if (at === body + 4) continue;
    if (!plainBrands.includes(fourSigns(await walk.view(at, at + 4), 0)))
      await walk.put(at, signBytes(plainest));
  }
}

async function walkHeader(walk: Walk, moov: Box, film: Film): Promise<void> {
  for await (const box of boxesIn(walk, moov)) {
    if (box.type === 'mvhd') {
      film.seconds = await durationIn(walk, box);
      await walkFilmHeader(walk, box);
    } else if (box.type === 'trak') film.add(await walkTrack(walk, box, film.data));
    else if (box.type === 'mvex') await walkExtends(walk, box, film);
    else await free(walk, box);
  }
}

/** ISO/IEC 14496-12, 8.2.2: times, timescale, duration, rate and volume, ten empty bytes, the matrix, 24 empty bytes, an id. */
async function walkFilmHeader(walk: Walk, box: Box): Promise<void> {
  const timescale = box.body + ((await version(walk, box)) === 1 ? 20 : 12);
  const rate = timescale + ((await version(walk, box)) === 1 ? 12 : 8);
  if (rate + 80 > box.to) broken();
  await walk.zero(box.body + 4, timescale);
  await walk.zero(rate + 6, rate + 16);
  await walk.zero(rate + 52, rate + 76);
  await walk.zero(rate + 80, box.to);
}

async function walkExtends(walk: Walk, mvex: Box, film: Film): Promise<void> {
  for await (const box of boxesIn(walk, mvex)) {
    if (box.type === 'trex') {
      await nothingBehind(walk, box, 24);
      const numbers = await walk.view(box.body + 4, box.body + 20);
      film.defaults.set(numbers.getUint32(0), {
        duration: numbers.getUint32(8),
        size: numbers.getUint32(12)
      });
    } else if (box.type === 'mehd') await nothingBehind(walk, box, (await version(walk, box)) === 1 ? 12 : 8);
    else await free(walk, box);
  }
}

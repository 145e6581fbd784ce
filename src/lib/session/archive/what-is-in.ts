import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { countedBytes, mediaBytes, mediaIn, mostMedia } from '#lib/domain/media.ts';
import { mostPages, pageIn } from '#lib/domain/pages.ts';
import type { Media } from '#lib/domain/records.ts';
import { settingsOf, type SpaceState } from '#lib/domain/state.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ArchivedMediaEntry } from '#lib/protocol/archives.ts';
import type { Bench } from '../work/bench.ts';
import { lackBytes } from './lack-bytes.ts';
import { newIds, takenIn, type NewIds } from './new-ids.ts';
import type { OpenArchive } from './open-archive.ts';

/** FA3: what an archive has, and what of it is here already. */
export interface WhatIsIn {
  readonly name: string;
  readonly made: CalendarDate;
  readonly pages: number;
  readonly drafts: number;
  /** With their bytes. */
  readonly media: number;
  /** In bytes, of those whose bytes are not here. */
  readonly bytes: number;
  /** Media of which the archive says, and that are not in it. */
  readonly missing: number;
  /** Pages and media that were read in before. */
  readonly known: { readonly pages: number; readonly media: number };
  /** Whether there is a list of the members. */
  readonly members: boolean;
  /** What stands in the way of reading all of it in today, as far as it can be told before. */
  readonly short: readonly Shortage[];
}

/**
 * FA3: `pages`, `media`: more than a TwinSpace can have. `room`: more bytes than are left in this one. `day`: more bytes than
 * one person may add in a day.
 */
export type Shortage = 'pages' | 'media' | 'room' | 'day';

/** FA3: what is in an archive, and what of it is in this TwinSpace already. */
export async function whatIsIn(work: Bench, space: SpaceId, archive: OpenArchive): Promise<WhatIsIn> {
  const state = work.stateOf(space);
  const ids = await newIds(space, archive, takenIn(state, archive));
  const { said, files } = archive;
  const there = said.media.filter(({ file }) => file !== undefined && files.has(file));
  const fresh = there.filter(({ media }) => recordOf(state, ids, media) === undefined);
  const lacking: ArchivedMediaEntry[] = [];
  for (const one of there) if (await lacks(work, space, ids, one)) lacking.push(one);
  const knownPages = said.pages.filter(({ page }) => pageIn(state, newPage(ids, page)) !== undefined).length;
  return {
    name: said.name,
    made: said.made,
    pages: said.pages.length,
    drafts: said.pages.filter(({ draft }) => draft).length,
    media: there.length,
    bytes: bytesOf([...fresh, ...lacking]),
    missing: said.media.length - there.length,
    known: { pages: knownPages, media: there.length - fresh.length - lacking.length },
    members: files.has('members.csv'),
    // Room for those that were announced is kept already (ML2).
    short: shortages(work, space, {
      pages: said.pages.length - knownPages,
      media: fresh.length,
      bytes: bytesOf(fresh)
    })
  };
}

function recordOf(state: SpaceState, { media }: NewIds, old: string): Media | undefined {
  const id = media.get(old);
  return id && mediaIn(state, id);
}

/** FA10: they were announced, and their bytes are nowhere. */
async function lacks(
  work: Bench,
  space: SpaceId,
  ids: NewIds,
  { media }: ArchivedMediaEntry
): Promise<boolean> {
  const [id, record] = [ids.media.get(media), recordOf(work.stateOf(space), ids, media)];
  return id !== undefined && record !== undefined && (await lackBytes(work, id, record));
}

function bytesOf(entries: readonly ArchivedMediaEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}

function newPage(ids: NewIds, old: string): PageId {
  return ids.pages.get(old) ?? (old as PageId);
}

function shortages(
  work: Bench,
  space: SpaceId,
  { pages, media, bytes }: { readonly pages: number; readonly media: number; readonly bytes: number }
): readonly Shortage[] {
  const state = work.stateOf(space);
  const { members, staff } = state;
  const { mediaSpaceMegabytes, mediaDayMegabytes } = settingsOf(state);
  const today = [...members.media.values()]
    .filter(({ owner, on, removed }) => owner === work.me.account && on === work.today && !removed)
    .reduce((sum, one) => sum + countedBytes(one), 0);
  const all: readonly (readonly [Shortage, boolean])[] = [
    ['pages', members.pages.size + staff.pages.size + pages > mostPages],
    ['media', members.media.size + media > mostMedia],
    ['room', mediaBytes(state, work.today) + bytes > mediaSpaceMegabytes * 1_000_000],
    ['day', today + bytes > mediaDayMegabytes * 1_000_000]
  ];
  return all.filter(([, is]) => is).map(([shortage]) => shortage);
}

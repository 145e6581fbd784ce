import * as v from 'valibot';
import { mostMedia } from '#lib/domain/media.ts';
import { mostPages } from '#lib/domain/pages.ts';
import { mediaKinds } from '#lib/domain/records.ts';
import {
  accountId,
  authors,
  calendarDate,
  displayText,
  fileHash,
  mediaId,
  nameText,
  pageId
} from './schemas.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** TH7: a whole TwinSpace that the relay has laid out, to be fetched under its id. */
export const archiveAnswer = v.object({
  archive: v.pipe(v.string(), v.uuid()),
  bytes: count,
  pages: count,
  media: count,
  /** Media that have not arrived, or only a small picture of them. */
  missing: count
});
export type ArchiveAnswer = v.InferOutput<typeof archiveAnswer>;

/** The version of `twinspace.json` that this code writes, and the newest that it reads. */
export const twinSpaceVersion = 1;
/** Caps: UTF-16 units of `twinspace.json`, and of a path in it. */
export const twinSpaceCaps = { text: 16 * 1024 * 1024, path: 200, languages: 40 } as const;
/** What the files of an archive are called: folders, small letters, digits and hyphens. */
export const archivedName = /^(?:[a-z]+\/)?[a-z0-9-]+\.[a-z0-9]+$/;

const path = v.pipe(v.string(), v.maxLength(twinSpaceCaps.path), v.regex(archivedName));
const languageTag = v.pipe(v.string(), v.maxLength(35));

const pageSchema = v.object({
  page: pageId,
  title: displayText,
  parent: v.exactOptional(pageId),
  draft: v.exactOptional(v.literal(true)),
  /** FA9: who wrote in it; archives from before this was told do not have it. */
  by: v.exactOptional(v.pipe(authors.by, v.readonly())),
  more: authors.more,
  /** As it is read, and as a Yjs update of version 1. */
  html: path,
  document: path
});

const mediaSchema = v.object({
  media: mediaId,
  owner: accountId,
  on: calendarDate,
  kind: v.picklist(mediaKinds),
  hash: fileHash,
  bytes: count,
  width: count,
  height: count,
  seconds: v.exactOptional(count),
  /** Absent: it is not in the archive. */
  file: v.exactOptional(path),
  preview: v.exactOptional(path)
});

const twinSpaceSchema = v.object({
  format: v.literal('twinspace'),
  version: v.literal(twinSpaceVersion),
  name: nameText,
  /** BCP 47 */
  languages: v.pipe(v.array(languageTag), v.maxLength(twinSpaceCaps.languages)),
  made: calendarDate,
  /** In the order of the tree: none comes before the one above it. */
  pages: v.pipe(v.array(pageSchema), v.maxLength(mostPages)),
  media: v.pipe(v.array(mediaSchema), v.maxLength(mostMedia))
});

/** TH8: `twinspace.json`: what an archive says of itself to a program. Another form of it has another version. */
export type TwinSpaceFile = v.InferOutput<typeof twinSpaceSchema>;
/** A page and media as an archive says of them. */
export type ArchivedPageEntry = TwinSpaceFile['pages'][number];
export type ArchivedMediaEntry = TwinSpaceFile['media'][number];

/** Why `twinspace.json` is not read. */
export type TwinSpaceProblem = 'not-an-archive' | 'archive-newer' | 'archive-damaged';

const envelope = v.object({
  format: v.literal('twinspace'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1))
});

/** FA2: what an archive says of itself; what it says beyond that, a later version of the same form, is left aside. */
export function readTwinSpaceFile(text: string): TwinSpaceFile | TwinSpaceProblem {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'archive-damaged';
  }
  const said = v.safeParse(envelope, json);
  if (!said.success) return 'not-an-archive';
  if (said.output.version > twinSpaceVersion) return 'archive-newer';
  const read = v.safeParse(twinSpaceSchema, json);
  return read.success && isATree(read.output) ? read.output : 'archive-damaged';
}

/** Whether nothing stands in it twice, and no page before the one above it. */
function isATree({ pages, media }: TwinSpaceFile): boolean {
  const known = new Set<string>();
  for (const { page, parent } of pages) {
    if (known.has(page) || (parent !== undefined && !known.has(parent))) return false;
    known.add(page);
  }
  return new Set(media.map((one) => one.media)).size === media.length;
}

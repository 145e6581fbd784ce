import * as Y from 'yjs';
import type { ArchivedPageEntry, TwinSpaceFile } from '#lib/protocol/archives.ts';
import { documentIn, partsHere } from '#lib/session/archive/archived-page.ts';
import type { NewIds } from '#lib/session/archive/new-ids.ts';
import type { OpenArchive } from '#lib/session/archive/open-archive.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { writeZip } from '#lib/zip/write-zip.ts';
import { bodyOf, newBlock } from './page-edits.ts';

/** What is written into an archive: texts and bytes by name. */
export type ArchiveContent = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

/** A ZIP as the relay lays it out. */
export function archiveZip(content: ArchiveContent): Promise<Blob> {
  const entries = Object.entries(content).map(([name, one]) => ({
    name,
    content: typeof one === 'string' ? one : inOne(one)
  }));
  return writeZip(entries, new Date(2026, 10, 30));
}

async function* inOne(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  yield bytes;
}

/** The document of a page of these lines. */
export function documentOf(...lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const doc = pageDocument();
  bodyOf(doc).push(lines.map((line) => newBlock({}, line)));
  return new Uint8Array(Y.encodeStateAsUpdate(doc));
}

/** What an archive without anything in it says of itself, but for this. */
export function twinSpaceFile(but: Partial<TwinSpaceFile> = {}): TwinSpaceFile {
  const none = { pages: [], media: [] };
  return {
    format: 'twinspace',
    version: 1,
    name: 'Ríos de Europa',
    languages: ['es'],
    made: '2026-06-19' as TwinSpaceFile['made'],
    ...none,
    ...but
  };
}

/** FA5: what stands in a page of an archive, as it is to stand here. */
export async function archivedParts(
  archive: OpenArchive,
  entry: ArchivedPageEntry,
  ids: NewIds
): Promise<readonly Part[] | undefined> {
  const document = await documentIn(archive, entry);
  return document && partsHere(document, ids);
}

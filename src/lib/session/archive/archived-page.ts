import { isDisplay } from '#lib/domain/names.ts';
import { authorsOf, type PageOrigin } from '#lib/domain/page-origin.ts';
import type { ArchivedPageEntry } from '#lib/protocol/archives.ts';
import { mostDocumentBytes, partsElsewhere, partsOfDocument } from '#lib/yjs/archived-document.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { NewIds } from './new-ids.ts';
import { bytesIn, type OpenArchive } from './open-archive.ts';

/**
 * FA5: what stands in a page of an archive, as it is to stand here: with the new ids of media and pages. Undefined where its
 * document is not there, damaged, or none of a page.
 */
export async function archivedParts(
  { files }: OpenArchive,
  { document }: ArchivedPageEntry,
  ids: NewIds
): Promise<readonly Part[] | undefined> {
  const bytes = await bytesIn(files, document, mostDocumentBytes);
  const parts = bytes && partsOfDocument(bytes);
  return (
    parts && partsElsewhere(parts, { page: (id) => ids.pages.get(id), media: (id) => ids.media.get(id) })
  );
}

/** FA9: from which archive a page is read in, and who wrote in it; what is no name is one of the others. */
export function originOf(
  { said: { made } }: OpenArchive,
  { by = [], more = 0 }: ArchivedPageEntry
): PageOrigin {
  const names = by.filter(isDisplay);
  return { on: made, ...authorsOf(names, more + by.length - names.length) };
}

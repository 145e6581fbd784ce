import { isDisplay } from '#lib/domain/names.ts';
import { authorsOf, type PageOrigin } from '#lib/domain/page-origin.ts';
import type { ArchivedPageEntry } from '#lib/protocol/archives.ts';
import { mostDocumentBytes, partsElsewhere, partsOfDocument } from '#lib/yjs/archived-document.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { textOfParts } from '../pages/text-of-parts.ts';
import type { PageText } from '../work/page-text.ts';
import type { NewIds } from './new-ids.ts';
import { bytesIn, type OpenArchive } from './open-archive.ts';

/** FA5: what stands in a page of an archive, as it begins here, and the media in it. */
export interface ArchivedPage {
  readonly text: PageText;
  readonly media: readonly string[];
}

/** FA5: the document of a page; undefined where it is not there, damaged, or larger than one can be. */
export function documentIn(
  { files }: OpenArchive,
  { document }: ArchivedPageEntry
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return bytesIn(files, document, mostDocumentBytes);
}

/**
 * FA5: what stands in a page whose document it is, as it is to stand here: with the new ids of media and pages. Undefined
 * where it is none of a page.
 */
export function partsHere(document: Uint8Array, ids: NewIds): readonly Part[] | undefined {
  const parts = partsOfDocument(document);
  return (
    parts && partsElsewhere(parts, { page: (id) => ids.pages.get(id), media: (id) => ids.media.get(id) })
  );
}

/** FA5: the same as it is made here. */
export function pageHere(document: Uint8Array, ids: NewIds): ArchivedPage | undefined {
  const parts = partsHere(document, ids);
  return parts && { text: textOfParts(parts), media: mediaOfParts(parts).map(({ media }) => media) };
}

/** FA9: from which archive a page is read in, and who wrote in it; what is no name is one of the others. */
export function originOf(
  { said: { made } }: OpenArchive,
  { by = [], more = 0 }: ArchivedPageEntry
): PageOrigin {
  const names = by.filter(isDisplay);
  return { on: made, ...authorsOf(names, more + by.length - names.length) };
}

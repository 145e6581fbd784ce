import { isUuid, type PageId, type SpaceId } from '#lib/domain/ids.ts';
import { isSpaceDocument, type DocumentName } from '#lib/domain/may-read.ts';
import { documentOfPage, pageGeneration } from '#lib/domain/pages.ts';

/** One document on the relay: which, of which TwinSpace, in which generation. */
export interface Room {
  readonly document: DocumentName;
  readonly space: SpaceId;
  /** From 1. A document may be built anew; the old generation is then discarded and never uploaded. */
  readonly generation: number;
}

const form = /^(.+)\/([0-9a-f-]{36})@([1-9]\d{0,8})$/;

/** `members/<space>@<generation>`, `page/<page>/<space>@1`: the room's name in addresses, reports and the tablet's store. */
export function roomName({ document, space, generation }: Room): string {
  return `${document}/${space}@${generation}`;
}

/** The room in which the text of a page is. */
export function pageRoom(space: SpaceId, page: PageId): string {
  return roomName({ document: documentOfPage(page), space, generation: pageGeneration });
}

/** The room of that name; undefined where it names none. */
export function parseRoom(name: string): Room | undefined {
  const match = form.exec(name);
  const [, document, space, generation] = match ?? [];
  const known = document && documentNamed(document);
  if (!known || !space || !generation || !isUuid(space)) return undefined;
  return { document: known, space: space as SpaceId, generation: Number(generation) };
}

/** Whether records are in it, not the text of a page; a name that names none counts as one of records. */
export function isRecordsRoom(name: string): boolean {
  const room = parseRoom(name);
  return room === undefined || isSpaceDocument(room.document);
}

/** The document of that name; undefined where it names none. */
function documentNamed(name: string): DocumentName | undefined {
  if (isSpaceDocument(name)) return name;
  const [kind, page = '', more] = name.split('/');
  return kind === 'page' && isUuid(page) && more === undefined ? documentOfPage(page as PageId) : undefined;
}

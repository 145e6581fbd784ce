import { isUuid, type SpaceId } from '#lib/domain/ids.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';

/** One document on the relay: which, of which TwinSpace, in which generation. */
export interface Room {
  readonly document: SpaceDocument;
  readonly space: SpaceId;
  /** From 1. A document may be built anew; the old generation is then discarded and never uploaded. */
  readonly generation: number;
}

const form = /^(members|staff)\/([0-9a-f-]{36})@([1-9]\d{0,8})$/;

/** `members/<space>@<generation>`: the room's name in addresses, reports and the tablet's store. */
export function roomName({ document, space, generation }: Room): string {
  return `${document}/${space}@${generation}`;
}

/** The room of that name; undefined where it names none. */
export function parseRoom(name: string): Room | undefined {
  const match = form.exec(name);
  const [, document, space, generation] = match ?? [];
  if (!document || !space || !generation || !isUuid(space)) return undefined;
  return { document: document as SpaceDocument, space: space as SpaceId, generation: Number(generation) };
}

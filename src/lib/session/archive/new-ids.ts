import { sha256, fromBase64Url } from '#lib/crypto/encoding.ts';
import type { MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { ArchivedMediaEntry } from '#lib/protocol/archives.ts';
import type { OpenArchive } from './open-archive.ts';

/** So many ids in a row that others have is nobody's doing by accident; then it is told. */
const mostTurns = 8;

/** After so many the screen has its turn: digests of a few bytes are made without one. */
const together = 64;

/** What a page or media of an archive are called in the TwinSpace into which it is read. */
export interface NewIds {
  /** By what they are called in the archive. */
  readonly pages: ReadonlyMap<string, PageId>;
  readonly media: ReadonlyMap<string, MediaId>;
}

/** Whether something else stands under such an id already. */
export interface Taken {
  readonly page: (id: PageId) => boolean;
  readonly media: (id: MediaId, entry: ArchivedMediaEntry) => boolean;
}

/** FA10: what stands there under an id of something of the archive, and is not it. */
export function takenIn(state: SpaceState, { said: { made } }: OpenArchive): Taken {
  return {
    page: (id) => {
      const there = pageIn(state, id);
      return there !== undefined && there.from?.on !== made;
    },
    media: (id, { hash }) => {
      const there = mediaIn(state, id);
      return there !== undefined && there.hash !== hash;
    }
  };
}

/**
 * FA4: the new ids of all that an archive has: the same whenever it is read into this TwinSpace, wherever that is, and
 * others in each other one. FA10: where something else has such an id, it has the next.
 */
export async function newIds(
  space: SpaceId,
  { identity, said }: OpenArchive,
  taken: Taken = { page: () => false, media: () => false }
): Promise<NewIds> {
  let made = 0;
  const free = async <Id extends string>(old: string, isTaken: (id: Id) => boolean): Promise<Id> => {
    if (++made % together === 0) await new Promise((resolve) => setTimeout(resolve));
    for (let turn = 0; ; turn++) {
      const id = (await newId(space, identity, turn === 0 ? old : `${old}\n${turn}`)) as Id;
      if (turn === mostTurns || !isTaken(id)) return id;
    }
  };
  const pages = new Map<string, PageId>();
  for (const { page } of said.pages) pages.set(page, await free<PageId>(page, taken.page));
  const media = new Map<string, MediaId>();
  for (const one of said.media)
    media.set(one.media, await free<MediaId>(one.media, (id) => taken.media(id, one)));
  return { pages, media };
}

/** A UUID of the only form that ids have, from a hash instead of chance. */
async function newId(space: SpaceId, identity: string, id: string): Promise<string> {
  const bytes = fromBase64Url(await sha256(`twinspace archive\n${space}\n${identity}\n${id}`)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

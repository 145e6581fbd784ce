import { sha256, fromBase64Url } from '#lib/crypto/encoding.ts';
import type { MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { OpenArchive } from './open-archive.ts';

/** What a page or media of an archive are called in the TwinSpace into which it is read. */
export interface NewIds {
  /** By what they are called in the archive. */
  readonly pages: ReadonlyMap<string, PageId>;
  readonly media: ReadonlyMap<string, MediaId>;
}

/**
 * FA4: the new ids of all that an archive has: the same whenever it is read into this TwinSpace, wherever that is, and
 * others in each other one.
 */
export async function newIds(space: SpaceId, { identity, said }: OpenArchive): Promise<NewIds> {
  const pages = new Map<string, PageId>();
  for (const { page } of said.pages) pages.set(page, (await newId(space, identity, page)) as PageId);
  const media = new Map<string, MediaId>();
  for (const one of said.media) media.set(one.media, (await newId(space, identity, one.media)) as MediaId);
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

import type { MediaId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn, putMedia } from '#lib/domain/media.ts';
import type { HereParts, Media } from '#lib/domain/records.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { Core } from '#relay/core.ts';
import { writeTold } from '#relay/gate/write-records.ts';
import { everySpace } from '#relay/truth/every-space.ts';
import { announced } from './examine.ts';
import type { MediaStore } from './media-store.ts';
import type { MediaAddress } from '#lib/protocol/media.ts';

type Around = Pick<Core, 'media' | 'truth' | 'lock' | 'storage' | 'rooms'>;

/** MR8: writes into the records of these media which of their parts are kept; those that say so already stay as they are. */
export function tellHere(core: Around, space: SpaceId, ids: readonly MediaId[]): Promise<void> {
  const { truth, storage, rooms, lock, media: store } = core;
  return lock.run(async () => {
    const state = (await truth.space(space))?.state;
    const puts: SpacePut[] = [];
    for (const id of ids) {
      const media = state && mediaIn(state, id);
      if (!media) continue;
      const here = await keptParts(store, space, id, media);
      if (!says(media, here)) puts.push({ ...putMedia(id, saying(media, here)), space } as SpacePut);
    }
    if (puts.length === 0) return;
    await writeTold({ truth, storage, audience: rooms }, puts, (updates) =>
      storage.documents.append(updates)
    );
  });
}

/** MR8: puts the record right if it says something else of this part than the disk. */
export async function mendHere(
  core: Around,
  { media, file }: { readonly media: Media; readonly file: MediaAddress }
): Promise<void> {
  const kept = await core.media.has(file);
  if (kept !== (media.here?.[file.part] === true)) await tellHere(core, file.space, [file.media]);
}

/** MR8: the same for all media of the relay. */
export async function mendAllHere(core: Around): Promise<void> {
  for await (const { id: space, state } of everySpace(core.truth)) {
    const wrong: MediaId[] = [];
    for (const [key, media] of state.members.media) {
      const id = key as MediaId;
      if (!says(media, await keptParts(core.media, space, id, media))) wrong.push(id);
    }
    if (wrong.length > 0) await tellHere(core, space, wrong);
  }
}

async function keptParts(store: MediaStore, space: SpaceId, id: MediaId, media: Media): Promise<HereParts> {
  const kept = (part: MediaAddress['part']): Promise<boolean> | false =>
    announced(media, part) !== undefined && store.has({ space, media: id, part });
  return {
    ...((await kept('file')) && { file: true }),
    ...((await kept('preview')) && { preview: true })
  };
}

function says({ here }: Media, { file, preview }: HereParts): boolean {
  return here?.file === file && here?.preview === preview;
}

function saying({ here: _, ...media }: Media, here: HereParts): Media {
  return here.file || here.preview ? { ...media, here } : media;
}

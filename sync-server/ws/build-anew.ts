import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import { everySpace } from '#relay/truth/every-space.ts';
import type { Lock } from '#relay/truth/lock.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { Rooms } from './rooms.ts';

/** Where documents are, and who follows them. */
interface Around {
  readonly lock: Lock;
  readonly truth: Truth;
  readonly rooms: Pick<Rooms, 'closeOld'>;
}

/** RM9: builds a document anew; its followers are told to ask for their rooms again. */
export function buildAnew(
  { lock, truth, rooms }: Around,
  space: SpaceId,
  document: SpaceDocument
): Promise<void> {
  return lock.run(async () => {
    const generation = await truth.rebuild(space, document);
    if (generation !== undefined) rooms.closeOld({ space, document, generation });
  });
}

/** RM9: a relay that is never stopped shrinks what has grown, too. */
export async function buildOutgrownAnew(around: Around): Promise<void> {
  for await (const { id, members, staff } of everySpace(around.truth)) {
    for (const { document, isOutgrown } of [members, staff])
      if (isOutgrown) await buildAnew(around, id, document);
  }
}

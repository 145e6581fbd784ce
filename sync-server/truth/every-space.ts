import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpaceTruth } from './space-truth.ts';
import type { Truth } from './truth.ts';

/** Every TwinSpace of the relay, one after the other: each has somebody in it, or had. */
export async function* everySpace(truth: Truth): AsyncGenerator<SpaceTruth, void, void> {
  const ids = new Set<SpaceId>();
  for (const [, spaces] of (await truth.directory()).all('spaces')) for (const id of spaces) ids.add(id);
  for (const id of ids) {
    const space = await truth.space(id);
    if (space) yield space;
  }
}

import { aboutWhom } from '#lib/domain/about.ts';
import type { Change } from '#lib/domain/change.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import { spacesNamed } from '#lib/domain/named.ts';
import type { SpaceState } from '#lib/domain/state.ts';

/**
 * The other TwinSpaces that a change may depend on or write into: those of its author, those of whom it is about and
 * that account's home, and the one that it names. Loaded before the rules are asked, which wait for nothing.
 */
export async function statesElsewhere(
  stateOf: (id: SpaceId) => Promise<SpaceState | undefined>,
  directory: Directory,
  change: Change
): Promise<ReadonlyMap<SpaceId, SpaceState>> {
  const about = aboutWhom(change);
  const home = directory.public(about)?.home;
  const ids = new Set([
    ...directory.spaces(change.actor),
    ...directory.spaces(about),
    ...(home ? [home] : []),
    ...spacesNamed(change)
  ]);
  ids.delete(change.space);
  const states = new Map<SpaceId, SpaceState>();
  for (const id of ids) {
    const state = await stateOf(id);
    if (state) states.set(id, state);
  }
  return states;
}

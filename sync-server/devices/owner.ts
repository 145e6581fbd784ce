import { isStaff, type Role } from '#lib/domain/roles.ts';
import { activeMember } from '#lib/domain/state.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/records.ts';

/** SI13: whether this is a personal device whose owner is let in there: only then does its cookie speak for them. */
export function speaksForOwner({ kind, owner, signedIn }: StoredDevice): boolean {
  return kind === 'personal' && signedIn.includes(owner);
}

/** In which TwinSpaces whoever owns this personal device counts as staff, in their own custody (RD2). */
export async function staffedByOwner(core: Core, device: StoredDevice): Promise<ReadonlyMap<SpaceId, Role>> {
  const roles = new Map<SpaceId, Role>();
  const directory = await core.truth.directory();
  if (!speaksForOwner(device) || directory.public(device.owner)?.custody.kind !== 'self') return roles;
  for (const id of directory.spaces(device.owner)) {
    const space = await core.truth.space(id);
    const member = space && activeMember(space.state, device.owner);
    if (member && isStaff(member.role)) roles.set(id, member.role);
  }
  return roles;
}

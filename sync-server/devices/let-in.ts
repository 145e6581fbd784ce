import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { StoredDevice } from '#relay/storage/records.ts';

/**
 * Who is let in on a personal device: who signed in or was added there and, where the owner has said so (TB8), the
 * pupils who are in the owner's custody now. SI6: nobody whom the owner knew from TwinSpaces that they are no longer in,
 * and with whom they share none any more: a teacher who was removed gets no key of the pupils whom they had let in, and
 * reads nothing by them.
 */
export async function letInOn(
  truth: Truth,
  directory: Directory,
  device: StoredDevice
): Promise<readonly AccountId[]> {
  const { owner, signedIn } = device;
  const lets = signedIn.includes(owner) && directory.device(device.id)?.pupils;
  const pupils = lets ? await ownPupils(truth, directory, owner) : [];
  const all = pupils.length > 0 ? [...new Set([...signedIn, ...pupils])] : signedIn;
  const active = new Set<SpaceId>();
  for (const id of directory.spaces(owner)) {
    const state = (await truth.space(id))?.state;
    if (state && activeMember(state, owner)) active.add(id);
  }
  const left = new Set(directory.spaces(owner).filter((id) => !active.has(id)));
  if (left.size === 0) return all;
  return all.filter((account) => {
    const spaces = directory.spaces(account);
    return account === owner || spaces.some((id) => active.has(id)) || !spaces.some((id) => left.has(id));
  });
}

/**
 * The device as it reads (RD1): on a personal one only who is let in counts, not whose key was there once.
 */
export async function readerOf(truth: Truth, device: StoredDevice): Promise<StoredDevice> {
  if (device.kind === 'classroom') return device;
  return { ...device, accounts: await letInOn(truth, await truth.directory(), device) };
}

/**
 * The device as it reads this TwinSpace. Where its owner is a member the owner is enough, and nobody else is asked for:
 * of a hundred teachers who let two thousand pupils in on their devices this is asked under the lock.
 */
export async function readerIn(truth: Truth, state: SpaceState, device: StoredDevice): Promise<StoredDevice> {
  const { owner, signedIn } = device;
  return signedIn.includes(owner) && activeMember(state, owner)
    ? { ...device, accounts: [owner] }
    : readerOf(truth, device);
}

/** The pupils in somebody's custody, where both are active at the pupil's home. */
async function ownPupils(
  truth: Truth,
  directory: Directory,
  owner: AccountId
): Promise<readonly AccountId[]> {
  const pupils: AccountId[] = [];
  for (const id of directory.spaces(owner)) {
    const state = (await truth.space(id))?.state;
    const member = state && activeMember(state, owner);
    if (!state || !member || !isStaff(member.role)) continue;
    for (const key of state.members.members.keys()) {
      const account = key as AccountId;
      const known = directory.public(account);
      if (known?.home !== id || known.custody.kind !== 'home' || known.custody.custodian !== owner) continue;
      const pupil = activeMember(state, account);
      if (pupil && !isStaff(pupil.role)) pupils.push(account);
    }
  }
  return pupils;
}

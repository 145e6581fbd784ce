import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember } from '#lib/domain/state.ts';
import type { Truth } from '#relay/gate/truth.ts';
import type { StoredDevice } from '#relay/storage/storage.ts';

/**
 * Who is let in on a personal device: who signed in or was added there and, where the owner has said so (TB8), the
 * pupils who are in the owner's custody now.
 */
export async function letInOn(
  truth: Truth,
  directory: Directory,
  device: StoredDevice
): Promise<readonly AccountId[]> {
  if (!directory.device(device.id)?.pupils) return device.signedIn;
  return [...new Set([...device.signedIn, ...(await ownPupils(truth, directory, device.owner))])];
}

/**
 * The device as it reads (RD1): on a personal one only who is let in counts, not whose key was there once.
 */
export async function readerOf(truth: Truth, device: StoredDevice): Promise<StoredDevice> {
  if (device.kind === 'classroom') return device;
  return { ...device, accounts: await letInOn(truth, await truth.directory(), device) };
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

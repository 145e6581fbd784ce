import type { Device } from '#lib/domain/device.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { activeMember } from '#lib/domain/state.ts';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import { mayRead } from '#lib/domain/may-read.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import type { Core } from '#relay/core.ts';
import { currentSeal, heldCredential } from './held-credential.ts';

/** SI6: what a device is told at each contact: the rooms that it may read now, the sealed keys of whom it let in. */
export async function reportFor(core: Core, device: Device): Promise<DeviceReport> {
  const directory = await core.truth.directory();
  const rooms: string[] = [];
  const ids = new Set(device.accounts.flatMap((account) => directory.spaces(account)));
  for (const id of ids) {
    const space = await core.truth.space(id);
    if (!space) continue;
    for (const document of ['members', 'staff'] as const) {
      if (!mayRead(space.state, directory, device, document)) continue;
      rooms.push(roomName({ document, space: id, generation: space.document(document).generation }));
    }
  }
  const credentials: HeldCredential[] = [];
  for (const account of device.accounts) {
    if (await hasLeft(core, directory, device, account)) continue;
    const seal = await currentSeal(core, directory, account, 'password');
    const held = seal && (await heldCredential(core, directory, seal));
    if (held) credentials.push(held);
  }
  const { id, kind, owner, accounts } = device;
  return {
    device: { id, kind, owner },
    accounts: [...accounts],
    today: core.clock.today(),
    rooms,
    credentials,
    erased: [...(await core.storage.erasures.pending(id))]
  };
}

/**
 * SI6: whether the device's owner knew the account from a TwinSpace that they are no longer in, and shares none with it
 * any more: a teacher who was removed gets no new key of the pupils whom they had let in, and no name.
 */
async function hasLeft(
  core: Core,
  directory: Directory,
  { owner }: Device,
  account: AccountId
): Promise<boolean> {
  if (account === owner) return false;
  let left = false;
  for (const id of directory.spaces(account)) {
    const state = (await core.truth.space(id))?.state;
    if (!state?.members.members.has(owner)) continue;
    if (activeMember(state, owner)) return false;
    left = true;
  }
  return left;
}

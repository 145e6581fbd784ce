import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import { activeMember } from '#lib/domain/state.ts';
import { isAdult } from '#lib/domain/tablet-holding.ts';
import type { Core } from '#relay/core.ts';
import { isStaffAtHome } from '#relay/devices/raised.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { isAdmitted } from './request.ts';

/**
 * TB4: nobody signs in on a classroom tablet that waits; nor does one become a personal device because somebody changed
 * the id that it calls itself: it keeps its cookie, and with it what it is.
 *
 * @param id what the tablet calls itself
 */
export async function checkTablet(core: Core, tablet: StoredDevice, id: DeviceId): Promise<void> {
  if (tablet.id !== id || !(await isAdmitted(core, tablet))) throw new ApiError('not-permitted');
}

/**
 * TB9: with a full password only a pupil who is a member there signs in on a classroom tablet. Told once the password was
 * right: a name does not say whose it is.
 */
export async function checkPupil(
  core: Core,
  { space }: StoredDevice,
  directory: Directory,
  account: AccountId
): Promise<void> {
  const state = space && (await core.truth.space(space))?.state;
  if (!state) throw new ApiError('not-permitted');
  if (isAdult(state, directory, account) || (await isStaffAtHome(core.truth, directory, account)))
    throw new ApiError('classroom-password');
  if (!activeMember(state, account)) throw new ApiError('not-permitted');
}

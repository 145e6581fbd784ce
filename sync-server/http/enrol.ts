import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/storage.ts';
import { ApiError } from './api-error.ts';
import { freshCookie } from './device-cookie.ts';

/** A device with the account let in, and the cookie's secret where it got a new one. */
export interface Enrolled {
  readonly stored: StoredDevice;
  readonly cookie?: string;
}

/**
 * SI5: lets an account in that has just signed in: on the device whose cookie came along, else on a new one whose owner
 * it becomes. An id that another cookie stands for is `device-taken`.
 *
 * @param carrier the device whose cookie came along
 * @param id what the tablet calls itself
 */
export async function enrolFor(
  core: Core,
  carrier: StoredDevice | undefined,
  id: DeviceId,
  account: AccountId
): Promise<Enrolled> {
  const { devices } = core.storage;
  if (carrier?.id === id) {
    await devices.letIn(id, account);
    return { stored: await found(core, id) };
  }
  const [taken] = await devices.some([id]);
  if (taken) throw new ApiError('device-taken');
  const { secret, hash } = await freshCookie();
  const created = core.clock.today();
  await devices.enrol({ id, kind: 'personal', owner: account, cookieHash: hash, created });
  return { stored: await found(core, id), cookie: secret };
}

async function found(core: Core, id: DeviceId): Promise<StoredDevice> {
  const [device] = await core.storage.devices.some([id]);
  if (!device) throw new Error('a device that was just written is not there');
  return device;
}

import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { freshCookie } from './device-cookie.ts';
import { spend } from './request.ts';

/** A device with the account let in, and the cookie's secret where it got a new one. */
export interface Enrolled {
  readonly stored: StoredDevice;
  readonly cookie?: string;
}

/**
 * SI5: lets an account in that has just signed in: on the device whose cookie came along, else on a new one whose owner
 * it becomes. An id that another cookie stands for is `device-taken`. Only under the lock.
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
  spend(core, 'enrolments', account);
  const { secret, hash } = await freshCookie();
  const created = core.clock.today();
  await devices.enrol({ id, kind: 'personal', owner: account, cookieHash: hash, created });
  await makeRoom(core, account, id);
  return { stored: await found(core, id), cookie: secret };
}

/** SI17: personal devices on which their owner is let in at once. */
export const mostOwnDevices = 20;

/** Devices of one account that are looked through. */
const mostLookedAt = 10_000;

/**
 * SI17: lets the owner in on no more than so many devices: those that were not in contact for the longest ask for the
 * password again. What waits on them is kept. Only under the lock.
 *
 * @param newest was enrolled just now
 */
export async function makeRoom(core: Core, owner: AccountId, newest: DeviceId): Promise<void> {
  const { storage, rooms } = core;
  const own = (await storage.devices.of(owner, mostLookedAt)).filter(
    (device) => device.kind === 'personal' && device.owner === owner && !device.revoked
  );
  const others = own.filter(({ id }) => id !== newest);
  const tooMany = others.slice(mostOwnDevices - 1);
  if (tooMany.length === 0) return;
  const ended = tooMany.flatMap(({ id, signedIn }) => signedIn.map((account) => ({ device: id, account })));
  await storage.devices.shutOut(ended);
  rooms.askAgain(tooMany.map(({ id }) => id));
}

async function found(core: Core, id: DeviceId): Promise<StoredDevice> {
  const [device] = await core.storage.devices.some([id]);
  if (!device) throw new Error('a device that was just written is not there');
  return device;
}

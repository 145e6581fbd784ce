import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { DeviceId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import type { RateName } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { cookieIn, deviceWithCookie, shownBy } from './device-cookie.ts';

/** What every route of the API is given. */
export type ApiContext = Context<{ Bindings: HttpBindings }>;

/** HT13: the address under which the request is counted. */
export function addressOf({ addresses }: Core, context: ApiContext): string {
  return addresses.of(context.env.incoming);
}

/** HT4: takes from a rate, or ends the request. */
export function spend(core: Core, name: RateName, key: string, amount = 1): void {
  const seconds = core.rates.take(name, key, amount);
  if (seconds > 0) throw new ApiError('too-many', seconds);
}

/** HT19: whoever comes without a cookie is counted with its address; with one, once it is known whose it is. */
export function spendAtEntry(core: Core, context: ApiContext): void {
  if (cookieIn(shownBy(context)) === undefined) spend(core, 'address', addressOf(core, context));
}

/** HT4, HT19: at a door an enrolled device is counted by itself, so that no stranger at its address holds it up. */
export async function spendAtDoor(core: Core, context: ApiContext): Promise<void> {
  const device = await deviceWithCookie(core.storage, shownBy(context));
  const known = device && !device.revoked;
  spend(core, 'doors', known ? `device ${device.id}` : addressOf(core, context));
}

/**
 * The enrolled device that asks, if one does; its contact is noted (SI7). Throws for a revoked one (SI8).
 *
 * @param claimed what the tablet calls itself where somebody signs in: one that was revoked and wiped may come back
 *   under a fresh id, as a new device
 */
export async function deviceOf(
  core: Core,
  context: ApiContext,
  claimed?: DeviceId
): Promise<StoredDevice | undefined> {
  const device = await deviceWithCookie(core.storage, shownBy(context));
  // HT19: a cookie that nobody has, or has any more, is a stranger's.
  const shown = cookieIn(shownBy(context)) !== undefined;
  if (shown && (!device || device.revoked)) spend(core, 'address', addressOf(core, context));
  if (!device) return undefined;
  if (device.revoked && claimed !== undefined && claimed !== device.id) return undefined;
  if (device.revoked) throw new ApiError('device-revoked');
  spend(core, 'device', device.id);
  spend(core, 'account', accountPaying(device));
  const today = core.clock.today();
  if (!device.confirmed || device.lastContact !== today) {
    // A date that cannot be noted (a full disk) is no reason to turn a device away.
    await core.storage.devices.contact(device.id, today).catch(() => {
      core.log.warn({ event: 'contact-not-noted' });
    });
  }
  return device;
}

/** The enrolled device that asks; throws where there is none. */
export async function enrolledDevice(core: Core, context: ApiContext): Promise<StoredDevice> {
  const device = await deviceOf(core, context);
  if (!device) throw new ApiError('not-enrolled');
  return device;
}

/** TB4: the enrolled device that asks; throws for a classroom tablet that still waits for its yes. */
export async function admittedDevice(core: Core, context: ApiContext): Promise<StoredDevice> {
  const device = await enrolledDevice(core, context);
  if (!(await isAdmitted(core, device))) throw new ApiError('not-permitted');
  return device;
}

/** TB4: whether it is a personal device, or a classroom tablet that was let in. */
export async function isAdmitted({ truth }: Core, device: StoredDevice): Promise<boolean> {
  if (device.space === undefined) return true;
  const state = (await truth.space(device.space))?.state;
  return state !== undefined && isServed(state, device);
}

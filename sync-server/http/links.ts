import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { sha256 } from '#lib/crypto/encoding.ts';
import type { SecretHash } from '#lib/domain/ids.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import { readHeader } from '#lib/protocol/change.ts';
import { limits } from '#lib/protocol/limits.ts';
import { lookRequest, useRequest } from '#lib/protocol/messages.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { Arrival } from '#relay/gate/arrival.ts';
import type { Core } from '#relay/core.ts';
import type { ChangeKey } from '#relay/storage/change-store.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { giveCookie, freshCookie } from './device-cookie.ts';
import { reportFor } from '#relay/devices/device-report.ts';
import { makeRoom } from './enrol.ts';
import { lookAt } from './look.ts';
import { deviceOf, spendAtDoor } from './request.ts';

/** Bytes of one body: a change, its credential, the secret. */
const most = limits.header + 2 * limits.commandPayload + 2 * limits.credential + 2048;

/** POST /api/links/look and /api/links/use: what a link is for, and using it once (LI1–LI6). */
export function linkRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  routes.post('/look', async (context) => {
    await spendAtDoor(core, context);
    const { secret } = await readBody(context, lookRequest, 4096);
    return context.json(await lookAt(core, await hashOf(secret)));
  });

  routes.post('/use', async (context) => {
    await spendAtDoor(core, context);
    const { secret, change } = await readBody(context, useRequest, most);
    const secretHash = await hashOf(secret);
    const header = readHeader(change.header);
    const read = 'newer' in header || isRefusal(header) ? undefined : header;
    const id = read?.device;
    const carrier = await deviceOf(core, context, id);
    // TB9: whoever comes with a link is an adult, and a classroom tablet is no place for their full key.
    if (carrier?.kind === 'classroom') throw new ApiError('not-permitted');
    if (carrier && carrier.id === id) {
      const verdict = await judgeOne(core, change, { is: 'link', secretHash, carrier });
      const report = verdict.is === 'accepted' ? await again(core, carrier) : undefined;
      return context.json({ verdict, ...(report ? { report } : {}) });
    }
    const [taken] = id ? await core.storage.devices.some([id]) : [];
    const cookie = await freshCookie();
    if (taken && !(await mayHaveLostItsCookie(core, taken, read))) throw new ApiError('device-taken');
    const way: Arrival = { is: 'link', secretHash, enrolWith: { cookieHash: cookie.hash } };
    const verdict = await judgeOne(core, change, way);
    if (verdict.is !== 'accepted' || !id) return context.json({ verdict });
    if (taken) await core.storage.devices.reissue(taken.id, cookie.hash);
    const [device] = await core.storage.devices.some([id]);
    if (!device) throw new ApiError('device-taken');
    await core.lock.run(() => makeRoom(core, device.owner, device.id));
    giveCookie(context, cookie.secret);
    return context.json({ verdict, report: await reportFor(core, device) });
  });

  return routes;
}

async function judgeOne(core: Core, change: SignedChange, way: Arrival): Promise<Verdict> {
  const [verdict] = await core.gate.judge([change], way);
  if (!verdict) throw new Error('a change without a verdict');
  return verdict;
}

/**
 * LI5: a device that has never come with its cookie may have lost the answer that brought it; it sends the same change
 * again, and is given another cookie.
 */
async function mayHaveLostItsCookie(
  core: Core,
  device: StoredDevice,
  change: ChangeKey | undefined
): Promise<boolean> {
  if (device.confirmed || device.revoked || !change) return false;
  return (await core.storage.changes.settled(change)) !== undefined;
}

/** The report of a device that may have let somebody in just now. */
async function again(core: Core, { id }: StoredDevice): ReturnType<typeof reportFor> {
  const [device] = await core.storage.devices.some([id]);
  if (!device) throw new Error('a device that was just seen is not there');
  return reportFor(core, device);
}

async function hashOf(secret: string): Promise<SecretHash> {
  return (await sha256(secret)) as SecretHash;
}

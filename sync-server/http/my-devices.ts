import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { MyDevice } from '#lib/protocol/my-devices.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { speaksForOwner } from '#relay/devices/owner.ts';
import { enrolledDevice } from './request.ts';

/** So many devices are told; nobody keeps more apart. */
const most = 200;

/**
 * GET /api/devices: the devices of whoever owns the personal device that asks, and those on which they were let in
 * (MY6). A tablet of the classroom belongs to nobody, so it is told
 * nothing, nor is a device whose owner is let in no longer (SI13); revoked devices count no more.
 */
export function myDeviceRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().get('/', async (context) => {
    const asking = await enrolledDevice(core, context);
    if (!speaksForOwner(asking)) throw new ApiError('not-permitted');
    const stored = await core.storage.devices.of(asking.owner, most);
    const alive = stored.filter((device) => !device.revoked);
    const devices = await Promise.all(alive.map((device) => toMine(core, asking, device)));
    return context.json({ devices });
  });
}

async function toMine(core: Core, asking: StoredDevice, device: StoredDevice): Promise<MyDevice> {
  const { id, kind, owner, created, lastContact, status, space } = device;
  const mine = kind === 'personal' && owner === asking.owner;
  const facts = (await core.truth.directory()).device(id);
  const state = space && (await core.truth.space(space))?.state;
  const name = state ? state.staff.tablets.get(id)?.name : facts?.name;
  return {
    id,
    kind,
    mine,
    here: id === asking.id,
    since: created,
    // Its own contact of today may be noted only now (SI7).
    lastContact: id === asking.id ? core.clock.today() : lastContact,
    ...(name === undefined ? {} : { name }),
    ...(mine && facts?.pupils ? { pupils: true } : {}),
    ...(mine && status ? { status } : {})
  };
}

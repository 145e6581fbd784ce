import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { MyDevice } from '#lib/protocol/my-devices.ts';
import type { Core } from '#relay/core.ts';
import { ApiError } from './api-error.ts';
import { enrolledDevice } from './request.ts';

/** So many devices are told; nobody keeps more apart. */
const most = 200;

/**
 * GET /api/devices: the devices of whoever owns the personal device that asks, and those on which they were let in
 * (MY6). A tablet of the classroom belongs to nobody, so it is told nothing; revoked devices count no more.
 */
export function myDeviceRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().get('/', async (context) => {
    const asking = await enrolledDevice(core, context);
    if (asking.kind !== 'personal') throw new ApiError('not-permitted');
    const { owner } = asking;
    const stored = await core.storage.devices.of(owner, most);
    const devices = stored
      .filter((device) => !device.revoked)
      .map(({ id, kind, owner: whose, created, lastContact }): MyDevice => ({
        ...{ id, kind, mine: whose === owner, here: id === asking.id, since: created },
        // Its own contact of today may be noted only now (SI7).
        lastContact: id === asking.id ? core.clock.today() : lastContact
      }));
    return context.json({ devices });
  });
}

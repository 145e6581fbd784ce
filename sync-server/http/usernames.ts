import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { firstFree, isUsername } from '#lib/domain/usernames.ts';
import { nextRequest } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { enrolledDevice, spend } from './request.ts';

/** POST /api/usernames/next: the first free number of a name, for staff (UN4): who has which name is no directory. */
export function usernameRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/next', async (context) => {
    const device = await enrolledDevice(core, context);
    const { base } = await readBody(context, nextRequest, 4096);
    if ((await staffedByOwner(core, device)).size === 0) throw new ApiError('not-permitted');
    spend(core, 'numbers', device.owner);
    if (!isUsername(`${base}.1`)) throw new ApiError('malformed');
    const directory = await core.truth.directory();
    return context.json({ username: firstFree(base, (key) => directory.holderOf(key) !== undefined) });
  });
}

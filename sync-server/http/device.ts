import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { erasedRequest, waitingRequest } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import { readBody } from './body.ts';
import { cookieIn, cookieLine } from './device-cookie.ts';
import { reportFor } from './device-report.ts';
import { enrolledDevice } from './request.ts';

/** Bytes of a thousand account ids. */
const mostErased = 64 * 1024;

/** What a device asks for and tells of itself: its report (SI6), erasures done (ER7), how much waits. */
export function deviceRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  /** GET /api/device: the report; the cookie is renewed. */
  routes.get('/', async (context) => {
    const device = await enrolledDevice(core, context);
    const secret = cookieIn(context.req.header('cookie'));
    if (secret !== undefined) context.header('Set-Cookie', cookieLine(secret));
    return context.json(await reportFor(core, device));
  });

  routes.post('/erased', async (context) => {
    const device = await enrolledDevice(core, context);
    const { accounts } = await readBody(context, erasedRequest, mostErased);
    await core.storage.erasures.confirm(device.id, accounts, core.clock.today());
    return context.json({});
  });

  routes.post('/waiting', async (context) => {
    const device = await enrolledDevice(core, context);
    const { count } = await readBody(context, waitingRequest, 1024);
    if (device.waiting !== count) await core.storage.devices.waiting(device.id, count);
    return context.json({});
  });

  return routes;
}

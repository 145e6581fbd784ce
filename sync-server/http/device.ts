import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Core } from '#relay/core.ts';
import { cookieIn, cookieLine } from './device-cookie.ts';
import { reportFor } from './device-report.ts';
import { enrolledDevice } from './request.ts';

/** GET /api/device: the report of this device (SI6); its cookie is renewed. */
export function deviceRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().get('/', async (context) => {
    const device = await enrolledDevice(core, context);
    const secret = cookieIn(context.req.header('cookie'));
    if (secret !== undefined) context.header('Set-Cookie', cookieLine(secret));
    return context.json(await reportFor(core, device));
  });
}

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { erasedRequest } from '#lib/protocol/messages.ts';
import { deviceStatus } from '#lib/protocol/tablets.ts';
import type { Core } from '#relay/core.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import { Turns } from '#relay/turns.ts';
import { readBody } from './body.ts';
import { cookieIn, giveCookie, shownBy } from './device-cookie.ts';
import { reportBytes } from '#relay/devices/device-report.ts';
import { affordKeys } from './afford-keys.ts';
import { admittedDevice, enrolledDevice, spend } from './request.ts';

/** Bytes of a thousand account ids. */
const mostErased = 64 * 1024;

/** What a device asks for and tells of itself: its report (SI6), erasures done (ER7), how it stands (SP6). */
export function deviceRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const turns = new Turns();

  /** GET /api/device?credentials=<tag>&drafts=<tag>: the report; the cookie is renewed. */
  routes.get('/', async (context) => {
    const device = await enrolledDevice(core, context);
    const secret = cookieIn(shownBy(context));
    if (secret !== undefined) giveCookie(context, secret);
    spend(core, 'reports', device.id);
    const { credentials, drafts } = context.req.query();
    // Who has none is told some, if there are any: refused before they are looked for.
    if (credentials === undefined) affordKeys(core, device);
    const bytes = await turns.run(accountPaying(device), () =>
      reportBytes(core, device, { credentials, drafts }, () => affordKeys(core, device))
    );
    return context.body(bytes, 200, { 'Content-Type': 'application/json' });
  });

  routes.post('/erased', async (context) => {
    const device = await enrolledDevice(core, context);
    const { accounts } = await readBody(context, erasedRequest, mostErased);
    await core.storage.erasures.confirm(device.id, accounts, core.clock.today());
    return context.json({});
  });

  routes.post('/status', async (context) => {
    const device = await admittedDevice(core, context);
    const status = await readBody(context, deviceStatus, 1024);
    if (JSON.stringify(status) !== JSON.stringify(device.status))
      await core.storage.devices.status(device.id, status);
    return context.json({});
  });

  return routes;
}

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { limits } from '#lib/protocol/limits.ts';
import { changesRequest } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import { readBody } from './body.ts';
import { enrolledDevice, spend } from './request.ts';

/** POST /api/changes: each change is judged on its own, in the order given (GA1). */
export function changesRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/', async (context) => {
    const carrier = await enrolledDevice(core, context);
    const holding = core.bodies.holding(accountPaying(carrier));
    try {
      const { changes } = await readBody(context, changesRequest, limits.body, holding);
      spend(core, 'changes', carrier.id, changes.length);
      const verdicts = await core.gate.judge(changes, { is: 'device', carrier });
      return context.json({ verdicts, today: core.clock.today() });
    } finally {
      holding.release();
    }
  });
}

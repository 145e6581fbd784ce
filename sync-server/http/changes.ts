import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { limits } from '#lib/protocol/limits.ts';
import { changesRequest } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { enrolledDevice, spend } from './request.ts';

/** HT21: a body that is no changes counts as so many of them: a few packed bytes may be a lot to look through. */
const unreadable = 1_000;

/** POST /api/changes: each change is judged on its own, in the order given (GA1). */
export function changesRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/', async (context) => {
    const carrier = await enrolledDevice(core, context);
    const holding = core.bodies.holding(accountPaying(carrier));
    try {
      spend(core, 'changes', carrier.id, 0);
      const { changes } = await readBody(context, changesRequest, limits.body, holding).catch(
        (error: unknown) => {
          const counts = error instanceof ApiError && error.code !== 'too-many';
          if (counts) core.rates.charge('changes', carrier.id, unreadable);
          throw error;
        }
      );
      spend(core, 'changes', carrier.id, changes.length);
      const verdicts = await core.gate.judge(changes, { is: 'device', carrier });
      return context.json({ verdicts, today: core.clock.today() });
    } finally {
      holding.release();
    }
  });
}

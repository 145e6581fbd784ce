import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Core } from '#relay/core.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import { mendHere } from '#relay/media/here.ts';
import { mediaAim } from './media-aim.ts';
import { sendMedia } from './send-media.ts';

/** GET /api/spaces/<space>/media/<media>/<file|preview>: the bytes, or one stretch of them (MR3, MR4). */
export function mediaRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().get('/:space/media/:media/:part', async (context) => {
    const aim = await mediaAim(core, context);
    await mendHere(core, aim);
    return sendMedia(core, context, { ...aim, payer: accountPaying(aim.device) });
  });
}

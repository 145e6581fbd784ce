import { timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Core } from '#relay/core.ts';
import { makeFoundingLink, makeRecoveryLink } from '#relay/links.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';

/** What the command line beside the relay may ask for. */
export const adminRequest = v.variant('make', [
  v.strictObject({ make: v.literal('founding') }),
  v.strictObject({ make: v.literal('recovery'), username: v.pipe(v.string(), v.maxLength(120)) })
]);
export type AdminRequest = v.InferOutput<typeof adminRequest>;

/** POST /api/admin/links: for whoever can read the token in the data folder (OP7); for others it is not there. */
export function adminRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/links', async (context) => {
    const shown = Buffer.from(context.req.header('authorization') ?? '');
    const kept = Buffer.from(`Bearer ${core.adminToken}`);
    if (shown.length !== kept.length || !timingSafeEqual(shown, kept)) throw new ApiError('not-found');
    const asked = await readBody(context, adminRequest, 4096);
    const link =
      asked.make === 'founding' ? await makeFoundingLink(core) : await makeRecoveryLink(core, asked.username);
    if (!link) throw new ApiError('not-permitted');
    const { address } = core.address;
    return context.json({ ...link, ...(address === undefined ? {} : { address }) });
  });
}

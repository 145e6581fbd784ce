import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import { isUuid, type SpaceId } from '#lib/domain/ids.ts';
import { can } from '#lib/domain/permissions.ts';
import type { ArchiveAnswer } from '#lib/protocol/archives.ts';
import { plainName } from '#lib/published/archive-names.ts';
import { stretchOfArchive } from '#relay/archives/send-stretch.ts';
import type { Core } from '#relay/core.ts';
import { isDiskFull } from '#relay/disk-full.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { answerOutside, askedStretch, sayStretch } from './asked-stretch.ts';
import { readBody } from './body.ts';
import { paid } from './paid.ts';
import { enrolledDevice, spend, type ApiContext } from './request.ts';

/** Bytes of the body, which says nothing. */
const mostBody = 64;

/** TH7: lays a whole TwinSpace out, and sends it. */
export function archiveRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>()
    .post('/:space/archives', async (context) => {
      const { device, state } = await taken(core, context);
      await readBody(context, v.strictObject({}), mostBody);
      spend(core, 'archives', device.owner);
      const archive = await core.archives.make(state.id, device.owner).catch((error: unknown) => {
        throw isDiskFull(error) ? new ApiError('disk-full') : error;
      });
      if (!archive) throw new ApiError('not-found');
      const { id, bytes, pages, media, missing } = archive;
      const answer: ArchiveAnswer = { archive: id, bytes, pages, media, missing };
      return context.json(answer, 201);
    })
    .get('/:space/archives/:archive', async (context) => {
      const { device, state } = await taken(core, context);
      const id = context.req.param('archive');
      const archive = core.archives.find(id, state.id, device.owner);
      if (!archive) throw new ApiError('not-found');
      const etag = `"${archive.id}"`;
      const stretch = askedStretch(context, archive.bytes, etag);
      context.header('ETag', etag);
      if (!stretch) return answerOutside(context, archive.bytes);
      const { from, to } = stretch;
      const isTold = context.req.method !== 'HEAD';
      if (isTold) charge(core, device, to - from);
      const name = plainName(state.members.meta.get('space')?.name ?? '') || 'twinspace';
      context.header('Content-Type', 'application/zip');
      context.header('Content-Disposition', `attachment; filename="${name}-${core.clock.today()}.zip"`);
      const status = sayStretch(context, stretch, archive.bytes);
      if (!isTold) return context.body(null, status);
      const told = { payer: accountPaying(device), bytes: to - from };
      return context.body(paid(core, told, stretchOfArchive(archive, core.media, from, to)), status);
    });
}

/** MR7: what is told of it counts as bytes of media; it may be more than comes at once. Of what breaks off the rest is given back. */
function charge({ rates }: Core, device: StoredDevice, bytes: number): void {
  const payer = accountPaying(device);
  const seconds = rates.wait('mediaOut', payer);
  if (seconds > 0) throw new ApiError('too-many', seconds);
  rates.charge('mediaOut', payer, bytes);
}

/** PE43: the TwinSpace, for whoever may take it home, on a device of their own. */
async function taken(core: Core, context: ApiContext) {
  const device = await enrolledDevice(core, context);
  const space = context.req.param('space') ?? '';
  if (!isUuid(space)) throw new ApiError('malformed');
  const role = (await staffedByOwner(core, device)).get(space as SpaceId);
  if (role === undefined || can(role, 'take-space') !== true) throw new ApiError('not-permitted');
  const state = (await core.truth.space(space as SpaceId))?.state;
  if (!state) throw new ApiError('not-found');
  return { device, state };
}

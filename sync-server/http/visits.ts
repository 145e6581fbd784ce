import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isUuid, type PageId, type SpaceId, type VisitId } from '#lib/domain/ids.ts';
import type { PublishedAnswer, VisitsAnswer } from '#lib/protocol/visits.ts';
import type { Core } from '#relay/core.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { ApiError } from './api-error.ts';
import { enrolledDevice, type ApiContext } from './request.ts';

/** VS8: what an administrator is told of visits: how often links were opened, and what a page shows visitors now. */
export function visitCountRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>()
    .get('/:space/visits', async (context) => {
      const space = await administered(core, context);
      const visits = [...((await core.truth.space(space))?.state.staff.visits.keys() ?? [])] as VisitId[];
      const counts = await core.storage.visits.counts(visits);
      const answer: VisitsAnswer = { visits: [...counts].map(([visit, count]) => ({ visit, ...count })) };
      return context.json(answer);
    })
    .get('/:space/pages/:page/published', async (context) => {
      const space = await administered(core, context);
      const page = context.req.param('page');
      if (!isUuid(page)) throw new ApiError('malformed');
      const published = await core.storage.visits.published({ space, page: page as PageId });
      if (!published) throw new ApiError('not-found');
      const answer: PublishedAnswer = { ...published, parts: JSON.parse(published.parts) as unknown[] };
      return context.json(answer);
    });
}

/** The TwinSpace, of which the device's owner is an administrator. */
async function administered(core: Core, context: ApiContext): Promise<SpaceId> {
  const device = await enrolledDevice(core, context);
  const space = context.req.param('space') ?? '';
  if (!isUuid(space)) throw new ApiError('malformed');
  const role = (await staffedByOwner(core, device)).get(space as SpaceId);
  if (role !== 'teacher-admin') throw new ApiError('not-permitted');
  return space as SpaceId;
}

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import { isUuid, type SpaceId } from '#lib/domain/ids.ts';
import { can } from '#lib/domain/permissions.ts';
import { activityPage, activityQuery, type ActivityAnswer } from '#lib/protocol/activity.ts';
import type { Core } from '#relay/core.ts';
import { commandsUnder } from '#relay/gate/activity.ts';
import type { ActivityRow } from '#relay/storage/storage.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { enrolledDevice } from './request.ts';

/** GET /api/spaces/:space/activity: the activity log, page by page, for its administrators (LO4, LO5). */
export function activityRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().get('/:space/activity', async (context) => {
    const device = await enrolledDevice(core, context);
    const space = context.req.param('space');
    const asked = v.safeParse(activityQuery, context.req.query());
    if (!isUuid(space) || !asked.success) throw new ApiError('malformed');
    if (!(await mayRead(core, device, space as SpaceId))) throw new ApiError('not-permitted');
    const { before, account, kind } = asked.output;
    const rows = await core.storage.activity.page({
      space: space as SpaceId,
      before,
      account,
      names: kind && commandsUnder(kind),
      refusedOnly: kind === 'refused',
      most: activityPage + 1
    });
    const answer: ActivityAnswer = {
      entries: rows.slice(0, activityPage).map(toEntry),
      more: rows.length > activityPage
    };
    return context.json(answer);
  });
}

/** PE31: whoever owns the personal device that asks is an active administrator there, in their own custody. */
async function mayRead(core: Core, device: StoredDevice, space: SpaceId): Promise<boolean> {
  const role = (await staffedByOwner(core, device)).get(space);
  return role !== undefined && can(role, 'read-log') === true;
}

function toEntry(row: ActivityRow): ActivityAnswer['entries'][number] {
  const { seq, received: on, actor, name, about, detail, refused, count } = row;
  return {
    seq,
    on,
    actor,
    name,
    detail,
    ...(about === undefined ? {} : { about }),
    ...(refused === undefined ? {} : { refused }),
    ...(count === 1 ? {} : { count })
  };
}

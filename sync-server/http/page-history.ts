import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isUuid, type PageId, type SpaceId } from '#lib/domain/ids.ts';
import { documentOfPage, pageGeneration, pageIn } from '#lib/domain/pages.ts';
import {
  mostEdits,
  type SinceAnswer,
  type VersionsAnswer,
  type WritersAnswer
} from '#lib/protocol/page-history.ts';
import type { Core } from '#relay/core.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { whyUnreadable } from '#relay/devices/reading.ts';
import type { PageIn } from '#relay/storage/page-store.ts';
import { ApiError } from './api-error.ts';
import { enrolledDevice, type ApiContext } from './request.ts';

const unzip = promisify(gunzip);

/** A page's past: how it stood (PG10), what was written since (PG13), and who has written in it (PG11). */
export function pageHistoryRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>()
    .get('/:space/pages/:page/versions', async (context) => {
      const at = await pastFor(core, context);
      const answer: VersionsAnswer = { versions: await core.storage.pages.versions(at) };
      return context.json(answer);
    })
    .get('/:space/pages/:page/versions/:version', async (context) => {
      const at = await pastFor(core, context);
      const zipped = await core.storage.pages.version(at, versionOf(context));
      if (!zipped) throw new ApiError('not-found');
      context.header('Content-Type', 'application/octet-stream');
      const takesZipped = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
      if (takesZipped) context.header('Content-Encoding', 'gzip');
      return context.body(new Uint8Array(takesZipped ? zipped : await unzip(zipped)));
    })
    .get('/:space/pages/:page/versions/:version/since', async (context) => {
      const at = await pastFor(core, context);
      const version = versionOf(context);
      if (!(await core.storage.pages.version(at, version))) throw new ApiError('not-found');
      const edits = await core.storage.pages.since(at, version, mostEdits + 1);
      const answer: SinceAnswer = {
        edits: edits.slice(0, mostEdits).map(({ actor, payload }) => ({ account: actor, update: payload })),
        more: edits.length > mostEdits
      };
      return context.json(answer);
    })
    .get('/:space/pages/:page/writers', async (context) => {
      const device = await enrolledDevice(core, context);
      const { space, page } = pageOf(context);
      const room = { space, document: documentOfPage(page), generation: pageGeneration };
      if (await whyUnreadable(core.truth, device, room)) throw new ApiError('not-permitted');
      const writers = await core.storage.pages.writers(space, page);
      const answer: WritersAnswer = {
        writers: writers.map(({ client, actor }) => ({ client, account: actor }))
      };
      return context.json(answer);
    });
}

function versionOf(context: ApiContext): number {
  const version = context.req.param('version') ?? '';
  if (!/^[1-9]\d{0,14}$/.test(version)) throw new ApiError('malformed');
  return Number(version);
}

/** PG10: the page, for whoever is staff where it is. */
async function pastFor(core: Core, context: ApiContext): Promise<PageIn> {
  const device = await enrolledDevice(core, context);
  const at = pageOf(context);
  if (!(await staffedByOwner(core, device)).has(at.space)) throw new ApiError('not-permitted');
  const state = (await core.truth.space(at.space))?.state;
  if (!state || !pageIn(state, at.page)) throw new ApiError('not-found');
  return at;
}

function pageOf(context: ApiContext): PageIn {
  const [space, page] = [context.req.param('space') ?? '', context.req.param('page') ?? ''];
  if (!isUuid(space) || !isUuid(page)) throw new ApiError('malformed');
  return { space: space as SpaceId, page: page as PageId };
}

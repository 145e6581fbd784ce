import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isUuid, type MediaId, type VisitId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { mediaParts } from '#lib/protocol/media.ts';
import { isForVisitors } from '#lib/domain/visits.ts';
import { contentOf } from '#lib/published/content.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { Core } from '#relay/core.ts';
import { ApiError } from '#relay/http/api-error.ts';
import { shownBy } from '#relay/http/device-cookie.ts';
import { sendMedia } from '#relay/http/send-media.ts';
import { addressOf, spend, type ApiContext } from '#relay/http/request.ts';
import { announced } from '#relay/media/examine.ts';
import { forLog } from '#relay/log.ts';
import { MediaOfVisits } from './all-of-visit.ts';
import { VisitContents } from './contents.ts';
import { contentsDocument, doorDocument, pageDocument, type Door, type Frame } from './documents.ts';
import { pageFiles } from './page-files.ts';
import { forgetLines, passLines } from './pass.ts';
import { languagesOf, nameOf, shownMedia, visitAt, visitWith, type OpenVisit } from './visit-at.ts';
import { wordsFor } from './words.ts';

/** VS5: what a visit's pages may do: what comes from here, and nothing inline. `data:` is for marks of the style sheet. */
const policy = [
  `default-src 'none'`,
  `img-src 'self' data:`,
  `media-src 'self'`,
  `style-src 'self'`,
  `script-src 'self'`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
  `base-uri 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types visit`
].join('; ');

const statuses: Readonly<Record<Door['is'], ContentfulStatusCode>> = {
  closed: 401,
  unknown: 404,
  revoked: 410,
  expired: 410,
  missing: 404,
  busy: 429,
  away: 200
};

/** What is asked for each time. */
const unkept = 'private, no-store';

/** Bytes of the form that brings a secret. */
const mostForm = 1024;

/** VS1–VS5: what visitors are shown, under `/v/<visit>/`; the device's cookie is not looked at. */
export function visitRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>({ strict: true });
  const contents = new VisitContents(core);
  const shows = new MediaOfVisits(core, contents);
  routes.use('*', async (context, next) => {
    context.header('Content-Security-Policy', policy);
    // VS2, VS6: a browser keeps by itself nothing that it might show once the link opens no more.
    context.header('Cache-Control', unkept);
    context.header('X-Robots-Tag', 'noindex, nofollow, noarchive');
    context.header('Vary', 'Accept-Language, Cookie');
    if (core.state.is === 'stopping') throw new ApiError('relay-stopping');
    spend(core, 'address', addressOf(core, context));
    await next();
  });
  routes.get('/:visit', (context) => context.redirect(`/v/${visitOf(context)}/`, 308));
  routes.get('/:visit/', async (context) => {
    const open = await opened(core, context);
    if ('is' in open) return door(context, open);
    await count(core, context, open);
    const pages = await contents.of(open);
    const films = await shows.hasFilms(open, pages);
    return context.html(contentsDocument(frameOf(context, open), pages, films));
  });
  routes.post('/:visit/', async (context) => {
    spend(core, 'doors', addressOf(core, context));
    const visit = visitOf(context);
    const open = await visitWith(core, visit, await secretIn(context));
    if ('is' in open) return door(context, open);
    await core.storage.visits.opened(visit, core.clock.today());
    for (const line of passLines(visit, open.pass, shownBy(context).host))
      context.header('Set-Cookie', line, { append: true });
    return context.redirect(`/v/${visit}/`, 303);
  });
  for (const [name, file] of pageFiles) {
    routes.get(`/:visit/${name}`, (context) => {
      const { type, text, etag } = file();
      context.header('Content-Type', type);
      context.header('Cache-Control', 'private, no-cache');
      context.header('ETag', etag);
      return context.req.header('if-none-match') === etag ? context.body(null, 304) : context.body(text);
    });
  }
  routes.get('/:visit/away', (context) => door(context, { is: 'away' }));
  routes.get('/:visit/all', async (context) => {
    const open = await opened(core, context);
    return 'is' in open ? door(context, open) : context.json(await shows.all(open));
  });
  routes.get('/:visit/media/:page/:media/:part', async (context) => {
    const open = await opened(core, context);
    if ('is' in open) return door(context, open);
    const [page, id] = [context.req.param('page'), context.req.param('media')];
    const part = mediaParts.find((one) => one === context.req.param('part'));
    const media = mediaIn(open.state, id as MediaId);
    const said = media && part && announced(media, part);
    const stands = (await shows.inPage(open, page)).has(id);
    if (!stands || !part || !said || !media?.here?.[part] || !shownMedia(open.state, page, id))
      return door(context, { is: 'missing' });
    return sendMedia(core, context, {
      media,
      said,
      file: { space: open.state.id, media: id as MediaId, part },
      // Not by the link: one who asks without end would take them from everybody else who has it.
      payer: `visitor ${addressOf(core, context)}`,
      cache: unkept
    });
  });
  routes.get('/:visit/:page', async (context) => {
    const open = await opened(core, context);
    if ('is' in open) return door(context, open);
    const page = context.req.param('page');
    const pages = await contents.of(open);
    const entry = pages.find((one) => one.page === page);
    const published =
      entry && (await core.storage.visits.published({ space: open.state.id, page: entry.page }));
    if (!published) return door(context, { is: 'missing' }, open);
    spend(core, 'visitBytes', addressOf(core, context), published.parts.length);
    await count(core, context, open);
    // VS3: of what was removed since, what was said of it goes with it.
    const { parts } = contentOf(published.title, JSON.parse(published.parts) as readonly Part[], (id) =>
      isForVisitors(mediaIn(open.state, id as MediaId))
    );
    const shown = {
      entry,
      on: published.on,
      lang: languagesOf(open)[0] ?? 'es',
      parts,
      mediaOf: (id: string) => shownMedia(open.state, entry.page, id),
      contents: pages
    };
    return context.html(pageDocument(frameOf(context, open), shown));
  });
  routes.all('*', (context) => door(context, { is: 'missing' }));
  routes.onError((error, context) => {
    if (!(error instanceof ApiError)) core.log.error({ event: 'visit-failed', ...forLog(error) });
    const status = error instanceof ApiError ? error.status : 500;
    if (error instanceof ApiError && error.seconds !== undefined)
      context.header('Retry-After', String(error.seconds));
    return door(context, { is: status === 400 || status === 413 ? 'unknown' : 'busy' }, undefined, status);
  });
  return routes;
}

function visitOf(context: ApiContext): VisitId {
  const visit = context.req.param('visit') ?? '';
  if (!isUuid(visit)) throw new ApiError('malformed');
  return visit as VisitId;
}

function opened(core: Core, context: ApiContext): Promise<OpenVisit | Door> {
  return visitAt(core, visitOf(context), shownBy(context));
}

/** A form of one field; what is longer, or none, brings no secret. */
async function secretIn(context: ApiContext): Promise<string> {
  const length = Number(context.req.header('content-length') ?? Number.NaN);
  if (!(length <= mostForm)) throw new ApiError('too-large');
  // HT12: whoever sent it has gone.
  const text = await context.req.text().catch(() => {
    throw new ApiError('malformed');
  });
  const form = new URLSearchParams(text);
  // A whole link that was pasted has it behind the #.
  return (form.get('secret') ?? '').trim().split('#').at(-1) ?? '';
}

/** VS4: counted when it is opened from outside, not when somebody turns a page. */
async function count(core: Core, context: ApiContext, { visit }: OpenVisit): Promise<void> {
  const from = context.req.header('sec-fetch-site');
  if (from !== 'none' && from !== 'cross-site') return;
  await core.storage.visits.opened(visit, core.clock.today());
}

function frameOf(context: ApiContext, open: OpenVisit): Frame {
  const words = wordsFor(context.req.header('accept-language'), languagesOf(open));
  return { visit: open.visit, words, space: nameOf(open) };
}

function door(
  context: ApiContext,
  at: Door,
  open?: OpenVisit,
  status = statuses[at.is]
): Response | Promise<Response> {
  const param = context.req.param('visit') ?? '';
  const visit = (isUuid(param) ? param : '') as VisitId;
  if (at.ended && visit !== '')
    for (const line of forgetLines(visit, at.pass, shownBy(context).host))
      context.header('Set-Cookie', line, { append: true });
  const words = wordsFor(context.req.header('accept-language'), open ? languagesOf(open) : []);
  const frame = open ? frameOf(context, open) : { visit, words };
  return context.html(doorDocument(frame, at), status);
}

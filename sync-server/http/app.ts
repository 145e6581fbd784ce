import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { changeVersion } from '#lib/protocol/change.ts';
import type { RelayReport } from '#lib/protocol/messages.ts';
import { isLoopback } from '#lib/domain/public-address.ts';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import type { Core } from '#relay/core.ts';
import { forLog } from '#relay/log.ts';
import { version } from '#relay/version.ts';
import { accountRoutes } from './accounts.ts';
import { activityRoutes } from './activity.ts';
import { addressRoutes } from './address.ts';
import { aimOf } from './aim.ts';
import { adminRoutes } from './admin.ts';
import { ApiError } from './api-error.ts';
import { archiveRoutes } from './archives.ts';
import { BodyCutOff } from './body.ts';
import { changesRoutes } from './changes.ts';
import { barePolicy } from './content-policy.ts';
import { deviceRoutes } from './device.ts';
import { documentRoutes } from './documents.ts';
import { proveCookies } from './device-cookie.ts';
import { handRoutes } from './hands.ts';
import { linkRoutes } from './links.ts';
import { mediaUploadRoutes } from './media-upload.ts';
import { myDeviceRoutes } from './my-devices.ts';
import { mediaRoutes } from './media.ts';
import { nameIn } from './host-name.ts';
import { isForeign } from './origin.ts';
import { spendAtEntry, type ApiContext } from './request.ts';
import { signInRoutes } from './sign-in.ts';
import { pageHistoryRoutes } from './page-history.ts';
import { spaceDeviceRoutes } from './space-devices.ts';
import { spaceTabletRoutes } from './space-tablets.ts';
import { staticRoutes } from './static-routes.ts';
import type { StaticFiles } from './static-files.ts';
import { tabletRoutes } from './tablets.ts';
import { visitCountRoutes } from './visits.ts';
import { usernameRoutes } from './usernames.ts';
import { visitRoutes } from '#relay/visits/visit-routes.ts';

/** On every answer (HT8). */
const headers: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=(self), payment=(), usb=()',
  'Cross-Origin-Resource-Policy': 'same-origin'
};

/** Only where it counts: at any other address browsers complain of it and pass it over. */
const openerPolicy = 'same-origin';

/** HT15: for a year by TLS only. Not for other names below this one: they are not the relay's. */
const secureOnly = 'max-age=31536000';

/** Everything that the relay serves over HTTP. Without files (development) it serves the API alone. */
export function makeApp(core: Core, files: StaticFiles | undefined): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const { hosts } = core;
  app.use('*', async (context, next) => {
    // Before there is an answer: one that gets headers afterwards is copied, all of it, several times.
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (hosts.isSecure) context.header('Strict-Transport-Security', secureOnly);
    if (hosts.isSecure || isLoopback(nameIn(context.req.header('host') ?? '')))
      context.header('Cross-Origin-Opener-Policy', openerPolicy);
    context.header(relayHeader, core.id);
    await next();
  });
  app.get('/healthz', (context) => {
    const ready = core.state.is === 'ready';
    context.header('Cache-Control', 'no-store');
    return context.json({ ready, version }, ready ? 200 : 503);
  });
  app.use('*', async (context, next) => {
    // The app itself is no secret, and says in plain words what is the matter when the API is not served.
    const isPage = !/^\/(api|sync)(\/|$)/.test(context.req.path);
    if ((isPage && !hosts.isNamed) || hosts.allows(aimOf(context.env.incoming.headers))) return next();
    if (!isPage || hosts.home === undefined) throw new ApiError('wrong-host');
    return context.redirect(hosts.home + context.req.path, 307);
  });
  app.route('/api', apiRoutes(core, files));
  app.route('/v', visitRoutes(core));
  app.all('/sync/*', (context) => fail(context, new ApiError('not-found')));
  if (files) app.route('/', staticRoutes(files));
  app.notFound((context) => fail(context, new ApiError('not-found')));
  app.onError((error, context) => fail(context, expected(core, error)));
  return app;
}

function apiRoutes(core: Core, files: StaticFiles | undefined): Hono<{ Bindings: HttpBindings }> {
  const api = new Hono<{ Bindings: HttpBindings }>();
  api.use('*', async (context, next) => {
    context.header('Cache-Control', 'no-store');
    // NW12 (RFC 9110, 12.5.3): how bodies of requests may come.
    context.header('Accept-Encoding', 'gzip');
    context.header('Content-Security-Policy', barePolicy);
    if (core.state.is === 'stopping') throw new ApiError('relay-stopping');
    const { origin, host } = context.env.incoming.headers;
    if (isForeign(origin, host, context.req.header('sec-fetch-site'))) throw new ApiError('wrong-origin');
    spendAtEntry(core, context);
    await next();
  });
  api.get('/relay', async (context) => {
    const report: RelayReport = {
      protocol: changeVersion,
      app: await versionOf(files),
      today: core.clock.today()
    };
    return context.json(report);
  });
  api.get('/cookie', (context) => context.json({ kept: proveCookies(context) }));
  api.route('/address', addressRoutes(core));
  api.route('/links', linkRoutes(core));
  api.route('/sign-in', signInRoutes(core));
  api.route('/device', deviceRoutes(core));
  api.route('/devices', myDeviceRoutes(core));
  api.route('/changes', changesRoutes(core));
  api.route('/documents', documentRoutes(core));
  api.route('/spaces', activityRoutes(core));
  api.route('/spaces', archiveRoutes(core));
  api.route('/spaces', pageHistoryRoutes(core));
  api.route('/spaces', mediaRoutes(core));
  api.route('/spaces', mediaUploadRoutes(core));
  api.route('/spaces', spaceDeviceRoutes(core));
  api.route('/spaces', spaceTabletRoutes(core));
  api.route('/spaces', visitCountRoutes(core));
  api.route('/tablets', tabletRoutes(core));
  api.route('/hands', handRoutes(core));
  api.route('/accounts', accountRoutes(core));
  api.route('/usernames', usernameRoutes(core));
  api.route('/admin', adminRoutes(core));
  api.all('*', (context) => fail(context, new ApiError('not-found')));
  return api;
}

/** The version of the app that is being served; empty where none is. */
async function versionOf(files: StaticFiles | undefined): Promise<string> {
  const file = await files?.get('/_app/version.json');
  if (!file) return '';
  const json: unknown = JSON.parse(new TextDecoder().decode(file.bytes));
  return typeof json === 'object' && json && 'version' in json ? String(json.version) : '';
}

function expected(core: Core, error: Error): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof BodyCutOff) return new ApiError('malformed');
  core.log.error({ event: 'request-failed', ...forLog(error) });
  return new ApiError('relay-failed');
}

function fail(context: ApiContext, { code, status, seconds }: ApiError): Response {
  context.header('Cache-Control', 'no-store');
  // HT17: what the browser has kept by itself; never `storage`, where what waits on the tablet is, nor `cookies`, by
  // which it is told at the next contact, too.
  if (code === 'device-revoked') context.header('Clear-Site-Data', '"cache"');
  if (seconds !== undefined) context.header('Retry-After', String(seconds));
  return context.json({ code, ...(seconds === undefined ? {} : { seconds }) }, status);
}

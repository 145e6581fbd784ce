import type { Context } from 'hono';
import { ApiError } from './api-error.ts';

/** HT3: whether a page of this very host asks; a request without an Origin does not come from a page. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** HT3: a request that would write comes from this host's own page, and as JSON, which no plain form can send. */
export function checkWrite(context: Context): void {
  const header = (name: string): string | undefined => context.req.header(name);
  const foreign = header('sec-fetch-site') === 'cross-site';
  if (foreign || !isOwnOrigin(header('origin'), header('host'))) throw new ApiError('wrong-origin');
  const [type = ''] = (header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new ApiError('malformed');
}

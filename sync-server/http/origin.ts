import type { Context } from 'hono';
import { ApiError } from './api-error.ts';

/** HT3: whether a page of this very host asks; a request without an Origin does not come from a page. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** HT3, HT11: whether a page of another host asks, as far as its browser says so. */
export function isForeign(
  origin: string | undefined,
  host: string | undefined,
  site: string | undefined
): boolean {
  return site === 'cross-site' || !isOwnOrigin(origin, host);
}

/** How bodies come; the last one by tus 1.0. */
export type WrittenType = 'application/json' | 'application/octet-stream' | 'application/offset+octet-stream';

/** HT3: a request with a body comes as JSON, or as mere bytes, neither of which a plain form can send. */
export function checkWrite(context: Context, wanted: WrittenType = 'application/json'): void {
  const [type = ''] = (context.req.header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== wanted) throw new ApiError('malformed');
}

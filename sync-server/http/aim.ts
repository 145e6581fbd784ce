import type { IncomingHttpHeaders } from 'node:http';
import type { Aimed } from './allowed-hosts.ts';
import { cookieIn } from './device-cookie.ts';

/** What the headers of a request say of where it was going (HT14). */
export function aimOf(headers: IncomingHttpHeaders): Aimed {
  const { host, origin, cookie } = headers;
  const site = headers['sec-fetch-site'];
  return {
    host,
    origin,
    site: Array.isArray(site) ? site[0] : site,
    hasCookie: cookieIn({ cookie, host }) !== undefined
  };
}

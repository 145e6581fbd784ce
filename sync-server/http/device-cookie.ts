import type { Context } from 'hono';
import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { isLoopback } from '#lib/domain/public-address.ts';
import type { Storage } from '#relay/storage/storage.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { nameIn } from './host-name.ts';

/** `__Host-`: Secure, for this host alone, for every path (RFC 6265bis §4.1.3.2). */
const name = '__Host-twinspace-device';
/**
 * SI1: the same on the machine itself, where nothing is sent over a network: WebKit keeps no Secure cookie there without
 * TLS. It counts under loopback names alone, since anybody on the way could write one for another name.
 */
const nameHere = 'twinspace-device';
/** Whether a browser keeps cookies is found out with this one before anything is used up (BR10). */
const probe = 'twinspace-probe';
/** 400 days, the most that browsers keep (RFC 6265bis §5.5); renewed at each report. In seconds. */
const life = 400 * 24 * 60 * 60;
const form = /^[A-Za-z0-9_-]{43}$/;

/** A fresh cookie: what goes to the device, and what the relay keeps. */
export interface FreshCookie {
  readonly secret: string;
  readonly hash: string;
}

/** SI1: 32 random bytes; the relay keeps their hash only. */
export async function freshCookie(): Promise<FreshCookie> {
  const secret = randomText(32);
  return { secret, hash: await sha256(secret) };
}

/** What a request says by which a device is known: its Cookie and Host headers. */
export interface Shown {
  readonly cookie: string | undefined;
  readonly host: string | undefined;
}

/** The Set-Cookie lines for a secret. */
export function cookieLines(secret: string, host: string | undefined): readonly string[] {
  const line = `${name}=${secret}; Path=/; Max-Age=${life}; HttpOnly; Secure; SameSite=Strict`;
  const here = `${nameHere}=${secret}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Strict`;
  return isLoopback(nameIn(host ?? '')) ? [line, here] : [line];
}

/** Gives the device its cookie with the answer. */
export function giveCookie(context: Context, secret: string): void {
  for (const line of cookieLines(secret, context.req.header('host')))
    context.header('Set-Cookie', line, { append: true });
}

/** BR10: whether this browser has brought a cookie of ours; it is given one to bring next time, for a minute. */
export function proveCookies(context: Context): boolean {
  const { cookie, host } = shownBy(context);
  const secure = isLoopback(nameIn(host ?? '')) ? '' : ' Secure;';
  context.header('Set-Cookie', `${probe}=1; Path=/api; Max-Age=60; HttpOnly;${secure} SameSite=Strict`);
  return cookieIn({ cookie, host }) !== undefined || valueOf(cookie, probe) !== undefined;
}

/** What the request of a route shows. */
export function shownBy(context: Context): Shown {
  return { cookie: context.req.header('cookie'), host: context.req.header('host') };
}

/** The secret that the request brings, if there is one of the right form. */
export function cookieIn({ cookie, host }: Shown): string | undefined {
  const secret =
    valueOf(cookie, name) ?? (isLoopback(nameIn(host ?? '')) ? valueOf(cookie, nameHere) : undefined);
  return secret !== undefined && form.test(secret) ? secret : undefined;
}

/** The device that the cookie belongs to, revoked or not; undefined for none or an unknown one. */
export async function deviceWithCookie(storage: Storage, shown: Shown): Promise<StoredDevice | undefined> {
  const secret = cookieIn(shown);
  return secret === undefined ? undefined : storage.devices.byCookie(await sha256(secret));
}

/** The value of the first cookie of this name. */
export function valueOf(header: string | undefined, wanted: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === wanted) return value;
  }
  return undefined;
}

import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import type { Storage, StoredDevice } from '#relay/storage/storage.ts';

/** `__Host-`: Secure, for this host alone, for every path (RFC 6265bis §4.1.3.2). */
const name = '__Host-twinspace-device';
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

/** The Set-Cookie line for a secret. */
export function cookieLine(secret: string): string {
  return `${name}=${secret}; Path=/; Max-Age=${life}; HttpOnly; Secure; SameSite=Strict`;
}

/** The secret in a Cookie header, if there is one of the right form. */
export function cookieIn(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined && form.test(value)) return value;
  }
  return undefined;
}

/** The device that the cookie belongs to, revoked or not; undefined for none or an unknown one. */
export async function deviceWithCookie(
  storage: Storage,
  header: string | undefined
): Promise<StoredDevice | undefined> {
  const secret = cookieIn(header);
  return secret === undefined ? undefined : storage.devices.byCookie(await sha256(secret));
}

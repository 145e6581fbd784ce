import { createHmac, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '#lib/domain/public-address.ts';
import type { VisitId } from '#lib/domain/ids.ts';
import type { Visit } from '#lib/domain/records.ts';
import { valueOf, type Shown } from '#relay/http/device-cookie.ts';
import { nameIn } from '#relay/http/host-name.ts';

/** `__Secure-`: never without TLS; `__Host-` would have to be for every path (RFC 6265bis §4.1.3). */
const name = '__Secure-twinspace-visit';
/** On the machine itself: WebKit keeps no Secure cookie there without TLS. */
const nameHere = 'twinspace-visit';
/** 400 days, the most that browsers keep (RFC 6265bis §5.5); whether the link still opens is asked each time. In seconds. */
const life = 400 * 24 * 60 * 60;

/**
 * VS1: the pass of whoever has shown the link's secret, the same for all of them: nobody is told from anybody else. It
 * can be made by the relay alone, and tells nothing of the secret.
 */
export function passOf(key: string, visit: VisitId, { secretHash }: Pick<Visit, 'secretHash'>): string {
  return createHmac('sha256', key).update(`visit ${visit} ${secretHash}`).digest('base64url');
}

/** VS1: whether the request shows this pass. */
export function showsPass(request: Shown, pass: string): boolean {
  const wanted = Buffer.from(pass);
  return shown(request).some((one) => {
    const bytes = Buffer.from(one);
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
  });
}

/** Whether it shows any pass at all. */
export function showsAnyPass(request: Shown): boolean {
  return shown(request).length > 0;
}

/** The Set-Cookie lines for a pass: for the paths of this visit and no other. */
export function passLines(visit: VisitId, pass: string, host: string | undefined): readonly string[] {
  return lines(visit, pass, life, host);
}

/** Of a link that has ended: a day more, so that whoever comes back is told once more that it has. In seconds. */
const afterwards = 24 * 60 * 60;

/** Those with which a browser forgets it: soon, where it is known for which link it was. */
export function forgetLines(
  visit: VisitId,
  pass: string | undefined,
  host: string | undefined
): readonly string[] {
  return pass === undefined ? lines(visit, '', 0, host) : lines(visit, pass, afterwards, host);
}

function lines(visit: VisitId, value: string, age: number, host: string | undefined): readonly string[] {
  const rest = `Path=/v/${visit}/; Max-Age=${age}; HttpOnly; SameSite=Lax`;
  const line = `${name}=${value}; ${rest}; Secure`;
  return isLoopback(nameIn(host ?? '')) ? [line, `${nameHere}=${value}; ${rest}`] : [line];
}

function shown({ cookie, host }: Shown): readonly string[] {
  const names = isLoopback(nameIn(host ?? '')) ? [name, nameHere] : [name];
  return names.flatMap((one) => valueOf(cookie, one) || []);
}

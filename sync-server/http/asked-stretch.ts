import type { ApiContext } from './request.ts';
import { stretchOf } from './stretch.mjs';

/** What is sent of so many bytes: from where to before where; `isPart` where it was asked for as a stretch. */
export interface AskedStretch {
  readonly from: number;
  readonly to: number;
  readonly isPart: boolean;
}

/**
 * What a request asks for of so many bytes; undefined where there is no such stretch. Only a GET has stretches (RFC 9110,
 * 14.2), and one with If-Range only of that which it names (13.1.5): without an `etag` nothing can be named.
 */
export function askedStretch({ req }: ApiContext, length: number, etag?: string): AskedStretch | undefined {
  const named = req.header('if-range');
  const counts = req.method === 'GET' && (named === undefined || named === etag);
  const stretch = counts ? stretchOf(req.header('range'), length) : undefined;
  if (stretch === 'outside') return undefined;
  const [from, to] = stretch ?? [0, length];
  return { from, to, isPart: stretch !== undefined };
}

/** There is no such stretch: how long the whole is (RFC 9110, 15.5.17). */
export function answerOutside(context: ApiContext, length: number): Response {
  context.header('Accept-Ranges', 'bytes');
  context.header('Content-Range', `bytes */${length}`);
  return context.body(null, 416);
}

/** Says in the answer which stretch of so many bytes it has; gives its status. */
export function sayStretch(
  context: ApiContext,
  { from, to, isPart }: AskedStretch,
  length: number
): 200 | 206 {
  context.header('Accept-Ranges', 'bytes');
  context.header('Content-Length', String(to - from));
  if (!isPart) return 200;
  context.header('Content-Range', `bytes ${from}-${to - 1}/${length}`);
  return 206;
}

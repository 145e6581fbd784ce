import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { barePolicy, workerPolicy } from './content-policy.ts';
import type { ApiContext } from './request.ts';
import type { StaticFile, StaticFiles } from './static-files.ts';

/**
 * The built app (HT5, HT6): every path without a file ending is the one page, whatever the request accepts; a path with
 * one is that file or nothing.
 */
export function staticRoutes(files: StaticFiles): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().get('*', async (context) => {
    const path = decoded(context.req.path);
    if (path === undefined) return context.text('Not found', 404);
    const named = /\.[A-Za-z0-9]+$/.test(path) || path.startsWith('/_app/');
    const file = await files.get(named ? path : '/index.html');
    return file ? send(context, file) : context.text('Not found', 404);
  });
}

async function send(context: ApiContext, file: StaticFile): Promise<Response> {
  context.header('Content-Type', file.type);
  context.header('Cache-Control', file.cacheControl);
  context.header('ETag', file.etag);
  context.header('Vary', 'Accept-Encoding');
  context.header('Content-Security-Policy', policyOf(file, context.req.header('host') ?? ''));
  const known = (context.req.header('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(file.etag)) return context.body(null, 304);
  const accepted = context.req.header('accept-encoding') ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  const packed = encoding && (await file.packed(encoding));
  if (packed) context.header('Content-Encoding', encoding);
  return context.body(packed ?? file.bytes);
}

function policyOf(file: StaticFile, host: string): string {
  if (file.policy) return file.policy(host);
  return file.type.startsWith('text/javascript') ? workerPolicy : barePolicy;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

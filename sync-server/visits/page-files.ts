import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedStyles } from '#lib/published/styles.ts';

/** A file that every visit's pages use, under the visit's own path. */
export interface PageFile {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

/** Two folders below the checkout, from the sources and bundled alike. */
const root = join(import.meta.dirname, '..', '..');

/** VS5: what there is beside the pages: one style sheet, one script, one service worker. */
export const pageFiles: ReadonlyMap<string, () => PageFile> = new Map([
  ['visit.css', once(() => fileOf('text/css', styles()))],
  ['visit.js', once(() => fileOf('text/javascript', source('sync-server/visits/page/visit.mjs')))],
  ['worker.js', once(() => fileOf('text/javascript', worker()))]
]);

/** The look of what is shown outside the app. */
export function styles(): string {
  return publishedStyles({
    tokens: source('src/lib/ui/tokens.css'),
    text: source('src/lib/ui/pages/page-text.css'),
    around: source('src/lib/published/published.css')
  });
}

/** The visit's service worker: a plain script, for browsers that load none in parts, with what it reads ranges by. */
function worker(): string {
  const script = source('sync-server/visits/page/worker.mjs').replace(/^import .*\n/m, '');
  return `${source('sync-server/http/stretch.mjs').replace(/^export /m, '')}\n${script}`;
}

function source(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function fileOf(type: string, text: string): PageFile {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  return { type: `${type}; charset=utf-8`, text, etag: `"${hash}"` };
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
  ['worker.js', once(() => fileOf('text/javascript', source('sync-server/visits/page/worker.mjs')))]
]);

/** The look of the app and of its pages' text, as far as visitors see it. */
function styles(): string {
  const [tokens, text, visit] = ['src/lib/ui/tokens.css', 'src/lib/ui/pages/page-text.css']
    .map(source)
    .concat(source('sync-server/visits/page/visit.css'));
  return [byScheme(tokens ?? ''), text, visit]
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*\n+/g, '\n');
}

/**
 * `light-dark()` for browsers that do not know it: the light value, and the dark one behind a question. Each declaration
 * stands on a line of its own.
 */
function byScheme(css: string): string {
  const dark: string[] = [];
  const light = css.replace(/^\s*(--[\w-]+):(.*light-dark\(.*);$/gm, (_, name: string, value: string) => {
    dark.push(`${name}:${chosen(value, 1)};`);
    return `${name}:${chosen(value, 0)};`;
  });
  return `${light}\n@media (prefers-color-scheme: dark){:root{${dark.join('')}}}`;
}

function chosen(value: string, which: 0 | 1): string {
  return value.replace(
    /light-dark\(((?:[^(),]|\([^()]*\))+),((?:[^(),]|\([^()]*\))+)\)/g,
    (_, light: string, dark: string) => (which === 0 ? light : dark).trim()
  );
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

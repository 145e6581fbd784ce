import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, with a trailing slash. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a build is made by, beside the app's own folders. */
const made = [
  ...['package-lock.json', 'svelte.config.js', 'vite.config.ts'],
  ...['sync-server/ops/pieces.mjs', 'sync-server/ops/seal-shell.mjs', 'sync-server/http/content-types.mjs']
];

/** What is made from the sources among them. */
const generated = [join('src', 'lib', 'paraglide'), join('sync-server', 'build')];

/**
 * Names the version of the app: the same sources give the same name on every machine.
 *
 * @param {readonly string[]} [folders] what else than the app's own counts
 * @returns {string} the first 16 hex digits of a SHA-256 over what a build is made from (paths and bytes, in order)
 */
export function sourcesHash(folders = []) {
  const hash = createHash('sha256');
  for (const top of made) add(hash, top);
  for (const folder of ['src', 'static', ...folders]) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => !generated.some((part) => path.startsWith(part)) && !path.includes('.inlang/'))
      .filter((path) => statSync(join(root, path)).isFile())
      .sort();
    for (const path of files) add(hash, path);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path relative to the root
 */
function add(hash, path) {
  hash
    .update(path.replaceAll('\\', '/'))
    .update('\0')
    .update(readFileSync(join(root, path)))
    .update('\0');
}

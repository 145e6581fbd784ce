import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourcesHash } from './sources-hash.mjs';

/** The relay with all that it uses in one file: it starts in a quarter of what its sources take. */
export const relayBundle = join(root, 'sync-server', 'build', 'relay.js');

/** The first line of a bundle of the sources as they are now. */
export function bundleMark() {
  return `// ${sourcesHash(['sync-server'])}`;
}

/** Whether the bundle is one of the sources as they are now. */
export function isBundled() {
  return existsSync(relayBundle) && startsWith(relayBundle, `${bundleMark()}\n`);
}

/**
 * @param {string} file
 * @param {string} text
 */
function startsWith(file, text) {
  const head = Buffer.alloc(Buffer.byteLength(text));
  const open = openSync(file, 'r');
  readSync(open, head);
  closeSync(open);
  return head.toString() === text;
}

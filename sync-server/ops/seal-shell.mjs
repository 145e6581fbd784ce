import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { contentTypes } from '../http/content-types.mjs';

/** Where the built service worker has the list of what it stores; `src/service-worker.ts` says so, too. */
const place = '__TWINSPACE_SHELL__';

/** Not needed offline: shown before installing, told to robots, asked for afresh, or the list's own home. */
const left = [
  /^\/screenshots\//,
  /^\/robots\.txt$/,
  /^\/_app\/version\.json$/,
  /^\/service-worker\.js$/,
  /\/\./
];

/** What neither ends the text in which the list stands nor parts it elsewhere than meant. */
const plain = /^[A-Za-z0-9+/=_.~%-]+$/;

/**
 * NW1: a build whose service worker knows every file of the app by path, SHA-256 and type. What the build made cannot be
 * known while it is being made, so it is written when the adapter is done; a changed file is so a changed worker.
 *
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} folder to which it writes
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function sealed(adapter, folder) {
  return {
    ...adapter,
    async adapt(builder) {
      await adapter.adapt(builder);
      sealShell(folder);
      // HT5: packed once, and as small as can be, for every tablet that comes.
      await builder.compress(folder);
    }
  };
}

/**
 * @param {string} folder of the built app
 * @throws when the worker has no place for the list, or a file no type
 */
function sealShell(folder) {
  const worker = join(folder, 'service-worker.js');
  const parts = readFileSync(worker, 'utf8').split(place);
  if (parts.length !== 2) throw new Error('the service worker has no place for the list of its files');
  writeFileSync(worker, parts.join(shellList(folder)));
}

/**
 * @param {string} folder of the built app
 * @returns {string} path, SHA-256 in base64 and type of each file, `path hash type`, with commas between them
 */
export function shellList(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => `/${file.replaceAll('\\', '/')}`)
    .filter((path) => !left.some((pattern) => pattern.test(path)))
    .sort()
    .map((path) => {
      const type = contentTypes[extname(path)]?.split(';')[0];
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('base64');
      if (!type || !plain.test(path)) throw new Error(`the tablet could not store ${path}`);
      return `${path} ${hash} ${type}`;
    })
    .join(',');
}

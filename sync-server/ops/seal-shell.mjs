import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { contentTypes } from '../http/content-types.mjs';

/** Where the built service worker has the list of what it stores; `src/service-worker.ts` says so, too. */
const place = '__TWINSPACE_SHELL__';

/** Where that lies which travels together. */
const together = '/_app/immutable/together/';
/** What may: text, and no script with which a worker begins, whose headers say what it may load. */
const sociable = /^\/_app\/immutable\/(?:assets|chunks|nodes|workers\/chunks)\/[^/]+\.(?:css|js)$/;
/** Bytes; what is smaller is asked for with others, for the request costs more than it does. */
const small = 16_000;
/** Bytes in one answer: when the network breaks off in the middle, not much comes again. */
const enough = 200_000;

/** Not needed offline: shown before installing, told to robots, asked for afresh, the list's own home, or there twice. */
const left = [
  new RegExp(`^${together}`),
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
  writeFileSync(worker, parts.join(layShell(folder)));
}

/**
 * Lays beside the files of the app what travels together (NW13), anew, and lists them all.
 *
 * @param {string} folder of the built app
 * @returns {string} lots with semicolons between them: where the lot is asked for, nowhere if each of its files is asked for
 *   by itself, and its files with commas before each: `path hash type size`, of which the hash is SHA-256 in base64
 */
export function layShell(folder) {
  rmSync(join(folder, together), { recursive: true, force: true });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => `/${file.replaceAll('\\', '/')}`)
    .filter((path) => !left.some((pattern) => pattern.test(path)))
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
  /** @param {typeof files[number]} file */
  const travels = ({ path, bytes }) => sociable.test(path) && bytes.length < small;
  /** @type {(typeof files)[]} */
  const lots = [];
  let room = 0;
  for (const file of files.filter(travels)) {
    if (room <= 0) {
      lots.push([]);
      room = enough;
    }
    lots.at(-1)?.push(file);
    room -= file.bytes.length;
  }
  const alone = files.filter((file) => !travels(file));
  return [['', ...alone.map(entry)], ...lots.map((lot) => [layLot(folder, lot), ...lot.map(entry)])]
    .map((entries) => entries.join(','))
    .join(';');
}

/** @param {{ readonly path: string, readonly bytes: Buffer }} file */
function entry({ path, bytes }) {
  const type = contentTypes[extname(path)]?.split(';')[0];
  if (!type || !plain.test(path)) throw new Error(`the tablet could not store ${path}`);
  return `${path} ${createHash('sha256').update(bytes).digest('base64')} ${type} ${bytes.length}`;
}

/**
 * @param {string} folder
 * @param {readonly { readonly bytes: Buffer }[]} files
 * @returns the path at which they are asked for
 */
function layLot(folder, files) {
  const bytes = Buffer.concat(files.map((file) => file.bytes));
  const path = `${together}${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.txt`;
  mkdirSync(join(folder, together), { recursive: true });
  writeFileSync(join(folder, path), bytes);
  return path;
}

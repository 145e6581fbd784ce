// Keeps one visit for without a network (VS6), and forgets all of it once its link opens no more (VS2). Its scope is the
// folder from which it comes: /v/<visit>/.
import { stretchOf } from '../../http/stretch.mjs';

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));
const base = new URL('./', worker.location.href).pathname;
const name = `visit ${base.split('/')[2]}`;
/** So many bytes of pictures are kept by themselves; of films none, unless somebody wishes. */
const mostPictures = 150 * 1024 * 1024;

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin || !pathname.startsWith(base)) return;
  event.respondWith(pathname.startsWith(`${base}media/`) ? media(request) : page(request));
});

worker.addEventListener('message', (event) => {
  const [port] = event.ports;
  const answer = keep(event.data?.films === true).catch(() => 'later');
  event.waitUntil(answer.then((said) => port?.postMessage(said)));
});

/**
 * What the relay says now; without it what was kept.
 *
 * @param {Request} request
 */
async function page(request) {
  const answer = await fetch(request).catch(() => undefined);
  if (answer) {
    // What cannot be forgotten is not shown in its place.
    if (request.mode === 'navigate' && hasEnded(answer)) await forget().catch(() => undefined);
    return answer;
  }
  const kept = await fromKept(request.url);
  const away = kept ?? (request.mode === 'navigate' ? await fromKept(`${base}away`) : undefined);
  return away ?? Response.error();
}

/**
 * Pictures never change: what is kept is what there is. Films are asked for in stretches.
 *
 * @param {Request} request
 */
async function media(request) {
  const kept = await fromKept(request.url);
  if (!kept) return fetch(request);
  const asked = request.headers.get('range');
  if (asked === null) return kept;
  const whole = await kept.blob();
  const stretch = stretchOf(asked, whole.size);
  const said = { 'Content-Type': kept.headers.get('content-type') ?? '', 'Accept-Ranges': 'bytes' };
  if (stretch === undefined) return new Response(whole, { headers: said });
  if (stretch === 'outside')
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${whole.size}` } });
  const [from, to] = stretch;
  return new Response(whole.slice(from, to), {
    status: 206,
    headers: {
      ...said,
      'Content-Range': `bytes ${from}-${to - 1}/${whole.size}`,
      'Content-Length': String(to - from)
    }
  });
}

/**
 * Fetches what is not kept yet, and lets go of what is not shown any more.
 *
 * @param {boolean} films
 * @returns {Promise<'kept' | 'ended'>}
 */
async function keep(films) {
  const asked = await fetch(`${base}all`, { cache: 'no-store' });
  if (hasEnded(asked)) {
    await forget();
    return 'ended';
  }
  if (!asked.ok) throw new Error('not now');
  /** @type {{ pages: string[]; media: { src: string; bytes: number; film: boolean }[] }} */
  const all = await asked.json();
  const cache = await caches.open(name);
  const before = await cache.keys();
  const had = new Set(before.map(({ url }) => new URL(url).pathname));
  let room = mostPictures;
  const wanted = all.media.filter(({ src, bytes, film }) => {
    if (film) return films || had.has(base + src);
    room -= bytes;
    return room >= 0;
  });
  const paths = new Set([...all.pages, ...wanted.map(({ src }) => src)].map((path) => base + path));
  await Promise.all(
    before.filter(({ url }) => !paths.has(new URL(url).pathname)).map((one) => cache.delete(one))
  );
  // Pages are the newest; of what never changes only what is missing.
  for (const path of all.pages) await put(cache, base + path);
  for (const { src } of wanted) if (!had.has(base + src)) await put(cache, base + src);
  return 'kept';
}

/**
 * @param {Cache} cache
 * @param {string} path
 */
async function put(cache, path) {
  const answer = await fetch(path, { cache: 'no-cache' });
  if (answer.ok) await cache.put(path, answer);
}

/**
 * Nothing where the browser keeps nothing: then there is the network alone.
 *
 * @param {string} address
 */
async function fromKept(address) {
  const { pathname } = new URL(address, worker.location.origin);
  return caches
    .open(name)
    .then((cache) => cache.match(pathname))
    .catch(() => undefined);
}

/**
 * 401: the pass is unknown; 410: the link was revoked or has expired.
 *
 * @param {Response} answer
 */
function hasEnded({ status }) {
  return status === 401 || status === 410;
}

/** Nothing of it stays, and this worker neither. */
async function forget() {
  await caches.delete(name);
  await worker.registration.unregister();
}

/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { readShell } from '#lib/pwa/shell-list.ts';
import { Shell } from '#lib/pwa/shell.ts';
import { fetchWhole } from '#lib/sync/fetch-whole.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { uploadMedia } from '#lib/sync/upload-media.ts';
import { upload } from '#lib/sync/upload.ts';
import { Database } from '#lib/store/database.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

/** The build puts the list of the app's files in this place (sync-server/ops/seal-shell.mjs). */
const files = readShell('__TWINSPACE_SHELL__');
const page = '/index.html';
const shell = new Shell(files, {
  open: () => caches.open('twinspace-shell'),
  fetch: (path, cache) => fetchWhole(path, { cache, credentials: 'same-origin' }),
  nextComes: () => Boolean(worker.registration.installing ?? worker.registration.waiting)
});

// The first visit is served from here too, as soon as everything is fetched: a tablet may go offline a minute later.
clientsClaim();

// All of it or nothing: what did not get everything is given up by the browser, which goes on with the version it has.
worker.addEventListener('install', (event) => event.waitUntil(shell.install()));

if (files.length > 0) {
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && shell.has(url.pathname),
    ({ url }) => shell.answer(url.pathname).catch(() => Response.error())
  );
  // A tab that has not followed to this version yet.
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_app/immutable/'),
    async ({ url, request }) => (await shell.ofAnotherVersion(url.pathname)) ?? fetch(request)
  );
  registerRoute(
    new NavigationRoute(
      async ({ event, request }) => {
        (event as ExtendableEvent).waitUntil(tend());
        // Where the page itself is missing, whatever the network has is better than nothing: a portal's own page, too.
        return shell.answer(page).catch(() => fetch(request));
      },
      // VS1: visits are no pages of the app, on a teacher's tablet neither.
      { denylist: [/^\/api\//, /^\/v\//, /^\/healthz$/, /\.[^/]+$/] }
    )
  );
}

/** What the browser gave up comes back at a visit; what is of other versions goes once no other tab may need it. */
async function tend(): Promise<void> {
  await shell.fill().catch(() => undefined);
  if ((await worker.clients.matchAll({ type: 'window' })).length > 1) return;
  await shell.dropOthers();
  for (const name of await caches.keys()) if (name.startsWith('workbox-precache')) await caches.delete(name);
}

worker.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  // The person said yes to the new version: the one that works is given up for one that is whole, and for no other.
  if (type === 'SKIP_WAITING') event.waitUntil(takeOver(event.ports[0]));
  if (type === 'TEND') event.waitUntil(tend());
});

async function takeOver(asked: MessagePort | undefined): Promise<void> {
  try {
    await shell.fill();
    // That it is whole is told at once: the browser lets it take over when what the one before does has ended.
    asked?.postMessage(true);
    await worker.skipWaiting();
  } catch {
    asked?.postMessage(false);
  }
}

// What waits is signed already: it can be sent when the network comes back, even with the app closed (OB2).
worker.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === 'outbox') waitUntil.call(event, sendOutbox());
});

async function sendOutbox(): Promise<void> {
  const db = new Database();
  try {
    const relay = new RelayClient();
    await upload(db, relay);
    await uploadMedia(db, relay);
  } finally {
    db.close();
  }
}

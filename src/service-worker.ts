/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { upload } from '#lib/sync/upload.ts';
import { Database } from '#lib/store/database.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

/** Shown by the operating system's install dialog only: not needed offline. */
const shell = files.filter((file) => !file.startsWith('/screenshots/') && file !== '/robots.txt');

// The first visit is served from here too, as soon as everything is fetched: a tablet may go offline a minute later.
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute([
  // What Vite builds has its hash in its name.
  ...build.map((url) => ({ url, revision: null })),
  ...shell.map((url) => ({ url, revision: version })),
  { url: '/index.html', revision: version }
]);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/api\//, /^\/healthz$/, /\.[^/]+$/]
  })
);

// The person said yes to the new version (workbox-window: messageSkipWaiting).
worker.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void worker.skipWaiting();
});

// What waits is signed already: it can be sent when the network comes back, even with the app closed (OB2).
worker.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === 'outbox') waitUntil.call(event, sendOutbox());
});

async function sendOutbox(): Promise<void> {
  const db = new Database();
  try {
    await upload(db, new RelayClient());
  } finally {
    db.close();
  }
}

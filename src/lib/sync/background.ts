interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/**
 * Asks the browser to wake the service worker when the network is back, so that what waits is sent even with the app
 * closed. Only some browsers can (Background Sync); elsewhere it is sent when the app is opened.
 */
export async function askForBackgroundSync(): Promise<void> {
  const registration: SyncRegistration | undefined = await navigator.serviceWorker?.getRegistration();
  // The browser may refuse, in a private window for instance.
  await registration?.sync?.register('outbox').catch(() => undefined);
}

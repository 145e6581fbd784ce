import type { Workbox } from 'workbox-window';

/** Whether a newer version of the app has been fetched and waits for this tab's yes. */
export type UpdateState =
  { readonly is: 'none' } | { readonly is: 'waiting'; readonly apply: () => Promise<void> };

/** Milliseconds between two looks for a newer version while the app stays open. */
const lookEvery = 30 * 60_000;

/**
 * Registers the service worker and watches for newer versions (workbox-window). A new version never takes over by
 * itself: it waits until the person says so, since a reload in the middle of typing would lose what was typed.
 */
export class Updates {
  state: UpdateState = $state.raw({ is: 'none' });
  #workbox: Workbox | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #look = (): void => void this.#workbox?.update().catch(() => undefined);

  async start(): Promise<void> {
    if (!('serviceWorker' in navigator) || this.#workbox) return;
    // The form first: what keeps the app for offline can wait until the page stands.
    if (document.readyState !== 'complete') {
      await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
    }
    const { Workbox } = await import('workbox-window');
    const workbox = new Workbox('/service-worker.js');
    this.#workbox = workbox;
    workbox.addEventListener('waiting', () => {
      this.state = { is: 'waiting', apply: () => this.#apply(workbox) };
    });
    await workbox.register().catch(() => undefined);
    this.#timer = setInterval(this.#look, lookEvery);
    addEventListener('online', this.#look);
  }

  close(): void {
    clearInterval(this.#timer);
    removeEventListener('online', this.#look);
  }

  async #apply(workbox: Workbox): Promise<void> {
    workbox.addEventListener('controlling', () => location.reload());
    workbox.messageSkipWaiting();
  }
}

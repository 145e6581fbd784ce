import { Typed } from './typed.ts';

/** What a newer version of the app asks of this tab. */
export type UpdateState =
  | { readonly is: 'none' }
  /** `waiting`: it has been fetched and waits for a yes. `taken`: another tab has said it, this one follows. */
  | {
      readonly is: 'waiting' | 'taken';
      /** Whether anything that is typed here would be lost: asked when somebody is about to say yes. */
      readonly loses: () => boolean;
      /** Resolves only when it could not be done: the version that works goes on. */
      readonly apply: () => Promise<void>;
    };

/** Milliseconds between two looks for a newer version while the app stays open. */
const lookEvery = 30 * 60_000;

/** Milliseconds until the first try after a version did not arrive whole; doubled each time, up to `lookEvery`. */
const firstAgain = 60_000;

/** Milliseconds that a version may take to make sure that it is whole, and to take over. */
const patience = 20_000;

function long(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, patience));
}

/**
 * Registers the service worker and watches for newer versions (workbox-window). A new version never takes over by
 * itself: it waits until the person says so, since a reload in the middle of typing would lose what was typed. Said in
 * one tab, it holds for all of them: the others follow at once, or when what is typed there is done with (AP5).
 */
export class Updates {
  state: UpdateState = $state.raw({ is: 'none' });
  readonly #typed = new Typed();
  readonly #first = new Set<() => Promise<void>>();
  #registration: ServiceWorkerRegistration | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = firstAgain;
  #asked = false;
  /** Whether the page came from a service worker: the first one of all replaces nothing. */
  #controlled = false;
  #closed = false;
  readonly #look = (): void => void this.#tryLook();
  readonly #onController = (): void => {
    if (this.#controlled && !this.#closed) this.#follow();
    this.#controlled = true;
  };

  async start(): Promise<void> {
    if (!('serviceWorker' in navigator) || this.#timer !== undefined) return;
    // The form first: what keeps the app for offline can wait until the page stands.
    if (document.readyState !== 'complete') {
      await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
    }
    this.#controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', this.#onController);
    addEventListener('online', this.#look);
    await this.#tryLook();
  }

  /** Done before this page gives way to a new version: what was begun is kept. */
  beforeReload(run: () => Promise<void>): () => void {
    this.#first.add(run);
    return () => this.#first.delete(run);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#look);
    navigator.serviceWorker?.removeEventListener('controllerchange', this.#onController);
    this.#typed.close();
  }

  /** NW4: looks for a newer version, registers anew where the first one did not arrive, fills what the browser gave up. */
  async #tryLook(): Promise<void> {
    if (this.#closed) return;
    this.#later(lookEvery);
    try {
      const known = await navigator.serviceWorker.getRegistration();
      if (!this.#registration || known !== this.#registration) await this.#register();
      else await known.update();
      navigator.serviceWorker.controller?.postMessage({ type: 'TEND' });
    } catch {
      // No network, or something in it that answers otherwise: nothing was touched.
      this.#tryAgain();
    }
  }

  async #register(): Promise<void> {
    const { Workbox } = await import('workbox-window');
    const registration = await new Workbox('/service-worker.js').register({ immediate: true });
    if (!registration || this.#closed) return;
    this.#registration = registration;
    registration.addEventListener('updatefound', () => this.#watch(registration, registration.installing));
    this.#watch(registration, registration.installing);
    if (registration.waiting && navigator.serviceWorker.controller) this.#offer('waiting');
  }

  #watch(registration: ServiceWorkerRegistration, arriving: ServiceWorker | null): void {
    let whole = false;
    arriving?.addEventListener('statechange', () => {
      if (arriving.state === 'installed') {
        whole = true;
        this.#again = firstAgain;
        // WebKit tells that the first one of all is installed when it has the page already.
        const replaces = registration.active && registration.active !== arriving;
        if (navigator.serviceWorker.controller && replaces) this.#offer('waiting');
      }
      if (arriving.state === 'redundant' && !whole) this.#tryAgain();
    });
  }

  #offer(is: 'waiting' | 'taken'): void {
    const apply = is === 'waiting' ? () => this.#takeOver() : () => this.#reload();
    this.state = { is, loses: () => this.#typed.anything, apply };
  }

  async #takeOver(): Promise<void> {
    this.#asked = true;
    const waiting = this.#registration?.waiting;
    // Another tab was faster.
    if (!waiting) return this.#reload();
    const { messageSW } = await import('workbox-window');
    const whole = await Promise.race([
      messageSW(waiting, { type: 'SKIP_WAITING' }) as Promise<unknown>,
      long()
    ]);
    if (whole === true) {
      await long();
      // Something holds it up: what this page still waits for goes with the page.
      await this.#reload();
    }
    this.#asked = false;
  }

  #follow(): void {
    if (this.#asked || !this.#typed.anything) void this.#reload();
    else this.#offer('taken');
  }

  async #reload(): Promise<void> {
    await Promise.race([Promise.allSettled([...this.#first].map((run) => run())), long()]);
    this.#closed = true;
    location.reload();
    // The page stays where the browser asked about leaving it and was told no.
    await long();
    this.#closed = false;
  }

  #tryAgain(): void {
    this.#later(this.#again);
    this.#again = Math.min(this.#again * 2, lookEvery);
  }

  #later(pause: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(this.#look, pause);
  }
}

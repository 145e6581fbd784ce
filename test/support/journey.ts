import { test as base, type BrowserContext, type ConsoleMessage, type Page } from '@playwright/test';
import { CuttableProxy, type Portal, type Slowness, type Upgrades } from './cuttable-proxy.ts';
import { failedTablet } from './failed-tablet.ts';
import { RelayProcess } from './relay-process.ts';

/** Said in the page when its journey is about to need the service worker. */
const offlineWanted = 'journey-offline';

/**
 * Runs in each page before the app: the app registers its service worker when its journey wants it, instead of at once.
 * Storing the whole app takes more work than all else that a journey does, and half of the tablets never go offline.
 */
function registerWhenWanted(name: string): void {
  if (!isSecureContext || !location.protocol.startsWith('http')) return;
  const workers = navigator.serviceWorker;
  const register = workers.register.bind(workers);
  const wanted = workers.controller
    ? Promise.resolve()
    : new Promise((resolve) => addEventListener(name, resolve, { once: true }));
  workers.register = async (...of) => {
    await wanted;
    return register(...of);
  };
}

/** One device: a browser profile of its own behind a cable of its own. */
export class Tablet {
  readonly context: BrowserContext;
  readonly origin: string;
  readonly #proxy: CuttableProxy;
  #page: Page;

  constructor(context: BrowserContext, page: Page, proxy: CuttableProxy) {
    this.context = context;
    this.#page = page;
    this.origin = proxy.origin;
    this.#proxy = proxy;
  }

  /** The tab that is open. */
  get page(): Page {
    return this.#page;
  }

  /**
   * The tab is gone, as when the browser is killed: no handler of the page runs any more. A new one takes its place, at
   * the door.
   */
  async kill(): Promise<Page> {
    const gone = this.#page;
    const devtools = await this.context.newCDPSession(gone);
    const crashed = gone.waitForEvent('crash');
    // Nobody answers.
    void devtools.send('Page.crash').catch(() => undefined);
    await crashed;
    await gone.close();
    this.#page = await this.context.newPage();
    await this.#page.goto('/pupil-login');
    return this.#page;
  }

  /** The network is gone: for new requests and for sockets that are open. */
  async cut(): Promise<void> {
    await this.readyForOffline();
    this.#proxy.cut();
    await this.context.setOffline(true);
  }

  /** The app is stored whole: a moment after it was wanted. */
  async readyForOffline(): Promise<void> {
    await this.page.evaluate((name) => dispatchEvent(new Event(name)), offlineWanted);
    const activated = (): boolean => navigator.serviceWorker.controller?.state === 'activated';
    // Asked now and then: at every frame, as by itself, the page would draw for nothing else.
    await this.page.waitForFunction(activated, undefined, { polling: 100 });
  }

  async mend(): Promise<void> {
    this.#proxy.mend();
    await this.context.setOffline(false);
  }

  /** The relay cannot be reached, though the tablet has a network. */
  unplug(): void {
    this.#proxy.cut();
  }

  plug(): void {
    this.#proxy.mend();
  }

  /** The relay hears this tablet, and its answers are lost. */
  mute(on: boolean): void {
    this.#proxy.mute(on);
  }

  /** Something in between answers everything with 200; undefined: the relay answers again. */
  portal(portal: Portal | undefined): void {
    this.#proxy.portal(portal);
  }

  /** Whatever this tablet receives from now on, answers and sockets; given as Latin-1. */
  record(): () => string {
    return this.#proxy.record();
  }

  /** The relay hears and answers, and only the answers to requests to this path are lost; without one none any more. */
  loseAnswersTo(path?: string): void {
    this.#proxy.loseAnswersTo(path);
  }

  /** HTTP passes, WebSockets do not. */
  upgrades(upgrades: Upgrades): void {
    this.#proxy.upgrades(upgrades);
  }

  slow(slowness: Slowness | undefined): void {
    this.#proxy.slow(slowness);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.#proxy.close();
  }
}

interface Fixtures {
  /** A relay of this test alone. */
  readonly relay: RelayProcess;
  /** Makes one more device. */
  readonly tablet: (options?: {
    readonly locale?: string;
    readonly viewport?: { width: number; height: number };
    readonly userAgent?: string;
  }) => Promise<Tablet>;
  /** Console errors, and errors of the page, that this test expects, beside those of a network that was cut. */
  readonly expected: RegExp[];
}

/** What browsers say when a network is cut, a relay stopped, or something asked before it is known that one may not. */
const network = [
  /net::ERR_/,
  /WebSocket connection to .* failed/,
  /Failed to load resource: the server responded with a status of (401|403|404|409|410|423|429|502|503)/
];

export const test = base.extend<Fixtures>({
  expected: async ({}, use) => {
    await use([]);
  },
  relay: async ({}, use) => {
    const relay = await RelayProcess.start();
    await use(relay);
    await relay.dispose();
  },
  tablet: async ({ browser, relay, expected }, use, testInfo) => {
    const tablets: Tablet[] = [];
    const complaints: string[] = [];
    const listen = (page: Page): void => {
      page.on('pageerror', (error) => {
        if (!expected.some((pattern) => pattern.test(String(error)))) complaints.push(String(error));
      });
      page.on('console', (message: ConsoleMessage) => {
        if (message.type() !== 'error') return;
        const text = message.text();
        if ([...network, ...expected].some((pattern) => pattern.test(text))) return;
        complaints.push(`${text} (${message.location().url})`);
      });
    };
    await use(async (options = {}) => {
      const proxy = await CuttableProxy.start(relay.port);
      const context = await browser.newContext({ baseURL: proxy.origin, ...options });
      context.on('page', listen);
      await context.addInitScript(registerWhenWanted, offlineWanted);
      const page = await context.newPage();
      const tablet = new Tablet(context, page, proxy);
      tablets.push(tablet);
      return tablet;
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      // What each of them shows, for whoever looks into the failure.
      for (const { context } of tablets)
        // Said where every line of it is kept: a reporter shows but the beginning of what is attached.
        console.log(`a tablet of "${testInfo.title}" ${await failedTablet(context)}`);
    }
    for (const tablet of tablets) await tablet.close();
    if (complaints.length > 0) throw new Error(`the console said:\n${complaints.join('\n')}`);
  }
});

export { expect } from '@playwright/test';

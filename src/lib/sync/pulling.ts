import { GrowingPause } from '#lib/store/growing-pause.ts';

/** Milliseconds without a socket that works after which a document is asked for by HTTP, and between two times. */
const patience = 5_000;
const pauses = { first: 2_000, longest: 30_000 };

/**
 * NW10: a document by HTTP for as long as no socket brings it: asked again and again, at intervals that grow while
 * nothing new comes. One for each follower, which says when a socket works and when none is wanted.
 */
export class Pulling {
  readonly #pull: () => Promise<boolean>;
  readonly #told: (held: boolean) => void;
  readonly #pause = new GrowingPause(pauses);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #state: 'off' | 'waiting' | 'on' = 'off';

  /**
   * @param pull asks once; resolves to whether anything new came, rejects when nothing could be asked
   * @param told the network holds sockets back: HTTP brought what no socket did; or it does so no longer
   */
  constructor(pull: () => Promise<boolean>, told: (held: boolean) => void) {
    this.#pull = pull;
    this.#told = told;
  }

  /** A socket is wanted and there is none: in a while the document is asked for instead. */
  start(): void {
    if (this.#state !== 'off') return;
    this.#state = 'waiting';
    this.#timer = setTimeout(() => this.now(), patience);
  }

  /** A socket brings the document, or nothing is wanted. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#state === 'on') this.#told(false);
    this.#state = 'off';
    this.#pause.reset();
  }

  /** Asks at once where no socket brings it: something was just sent from here. */
  now(): void {
    if (this.#state === 'off') return;
    clearTimeout(this.#timer);
    if (this.#running) this.#again = true;
    else this.#running = this.#once().finally(() => this.#ended());
  }

  async #once(): Promise<void> {
    try {
      if (await this.#pull()) this.#pause.reset();
      if (this.#state === 'waiting') {
        this.#state = 'on';
        this.#told(true);
      }
    } catch {
      // Whoever asked knows why; here it is a reason to wait longer.
    }
  }

  #ended(): void {
    this.#running = undefined;
    if (this.#state === 'off') return;
    this.#timer = setTimeout(() => this.now(), this.#again ? 0 : this.#pause.next());
    this.#again = false;
  }
}

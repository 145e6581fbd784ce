import { GrowingPause } from './growing-pause.ts';
import { exceptStorage } from './storage-failure.ts';

/**
 * NW9: something to be done whenever it is asked for, once at a time, and again when the tablet's storage failed, until
 * it is done or closed. Asked for while it is being done it is done once more.
 */
export class Errand {
  readonly #run: () => Promise<void>;
  readonly #pause = new GrowingPause();
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;
  #closed = false;

  constructor(run: () => Promise<void>) {
    this.#run = run;
  }

  /** Resolves when this try has ended, however it ended. */
  start(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    clearTimeout(this.#timer);
    if (this.#running) this.#again = true;
    else this.#running = this.#try().finally(() => this.#ended());
    return this.#running ?? Promise.resolve();
  }

  /** Resolves when nothing of it is under way any more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running?.catch(() => undefined);
  }

  async #try(): Promise<void> {
    try {
      await this.#run();
      this.#pause.reset();
    } catch (error) {
      if (!this.#closed) this.#timer = setTimeout(() => void this.start(), this.#pause.next());
      exceptStorage(error);
    }
  }

  #ended(): void {
    this.#running = undefined;
    if (!this.#again) return;
    this.#again = false;
    void this.start();
  }
}

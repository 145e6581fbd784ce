import type { Database } from '#lib/store/database.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';

/** Milliseconds without an answer after which it is said, and after which a way on is shown. */
const limits = { slow: 5_000, silent: 10_000 };

/** Milliseconds between two looks while the storage answers. */
const pause = 10_000;

/** How the tablet's database behaves. */
export type StorageAnswer =
  | { readonly is: 'answers' }
  /** No answer yet, whatever was asked. */
  | { readonly is: 'slow' }
  | { readonly is: 'silent' }
  /** It says no. */
  | { readonly is: 'fails'; readonly error: string };

/**
 * NW11: asks the tablet's database again and again whether it still answers, from the very start: opening it may never
 * end (another tab holds an older one, the browser hangs), a write may wait for ever, a full disk may refuse it. What
 * is asked for is a turn to write in all tables, so that whatever is stuck anywhere is noticed.
 */
export class StorageWatch {
  state: StorageAnswer = $state.raw({ is: 'answers' });
  readonly #db: Database;
  readonly #again = new GrowingPause();
  #timers: ReturnType<typeof setTimeout>[] = [];
  #closed = false;

  constructor(db: Database) {
    this.#db = db;
  }

  start(): void {
    void this.#look();
  }

  close(): void {
    this.#closed = true;
    this.#clear();
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    this.#timers = (['slow', 'silent'] as const).map((is) =>
      setTimeout(() => (this.state = { is }), limits[is])
    );
    let next = pause;
    try {
      await this.#db.transaction('rw', this.#db.tables, () => this.#db.device.get('device'));
      this.state = { is: 'answers' };
      this.#again.reset();
    } catch (error) {
      this.state = { is: 'fails', error: error instanceof Error ? error.name : String(error) };
      next = this.#again.next();
    }
    this.#clear();
    if (!this.#closed) this.#timers = [setTimeout(() => void this.#look(), next)];
  }

  #clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

import { liveQuery, type Subscription } from 'dexie';
import { GrowingPause } from './growing-pause.ts';

/**
 * What a query over the tablet's database finds, kept up to date until it is closed; other tabs' writes included. A
 * query that failed is asked again, at growing intervals: until then the last answer stays (NW9).
 */
export class LiveQuery<Found> {
  /** `initial` until the first answer. */
  current: Found = $state.raw() as Found;
  /** Resolves with the first answer. */
  readonly first: Promise<Found>;
  readonly #query: () => Promise<Found>;
  readonly #answered: (found: Found) => void;
  readonly #heard: (() => void) | undefined;
  readonly #pause = new GrowingPause();
  #subscription: Subscription | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(query: () => Promise<Found>, initial: Found, heard?: () => void) {
    this.current = initial;
    this.#query = query;
    this.#heard = heard;
    let answered: (found: Found) => void = () => undefined;
    this.first = new Promise((resolve) => (answered = resolve));
    this.#answered = answered;
    this.#ask();
  }

  /** Asks now: resolves when what was just written is in `current`. */
  async refresh(): Promise<void> {
    this.current = await this.#query();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#subscription?.unsubscribe();
  }

  #ask(): void {
    // Dexie keeps silent about a query whose connection was closed under it; here it is one that failed.
    const query = (): Promise<Found> =>
      this.#query().then(undefined, (cause: unknown) => {
        throw new Error('a query failed', { cause });
      });
    this.#subscription = liveQuery(query).subscribe({
      next: (found) => {
        this.#pause.reset();
        this.current = found;
        this.#answered(found);
        this.#heard?.();
      },
      error: () => {
        this.#subscription?.unsubscribe();
        if (!this.#closed) this.#timer = setTimeout(() => this.#ask(), this.#pause.next());
      }
    });
  }
}

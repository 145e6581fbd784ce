import { liveQuery, type Subscription } from 'dexie';
import { GrowingPause } from './growing-pause.ts';

/** Of what it takes to look, it is left alone for so many times as long before it is looked again. */
const breath = 9;
/** Milliseconds of that at most. */
const longestBreath = 500;

/**
 * What a query over the tablet's database finds, kept up to date until it is closed; other tabs' writes included. A
 * query that failed is asked again, at growing intervals: until then the last answer stays (NW9).
 *
 * OB6: what is written while it looks is looked at together, and what it finds is told however fast more comes. One that
 * `rests` takes a tenth of the time at most, however much is written: for what may be many rows, and by which nothing is
 * decided that cannot wait. What is written after such a rest is looked at at once.
 */
export class LiveQuery<Found> {
  /** `initial` until the first answer. */
  current: Found = $state.raw() as Found;
  /** Resolves with the first answer. */
  readonly first: Promise<Found>;
  readonly #query: () => Promise<Found>;
  readonly #answered: (found: Found) => void;
  readonly #heard: (() => void) | undefined;
  readonly #rests: boolean;
  readonly #pause = new GrowingPause();
  #subscription: Subscription | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How often somebody else has asked. */
  #refreshed = 0;
  #closed = false;

  constructor(
    query: () => Promise<Found>,
    initial: Found,
    heard?: () => void,
    { rests = false }: { readonly rests?: boolean } = {}
  ) {
    this.current = initial;
    this.#query = query;
    this.#heard = heard;
    this.#rests = rests;
    let answered: (found: Found) => void = () => undefined;
    this.first = new Promise((resolve) => (answered = resolve));
    this.#answered = answered;
    this.#ask();
  }

  /** Asks now: resolves when what was just written is in `current`. */
  async refresh(): Promise<void> {
    this.#refreshed++;
    this.current = await this.#query();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#subscription?.unsubscribe();
  }

  /** Looks once, and again when something has changed of what was seen. */
  #ask(): void {
    const refreshed = this.#refreshed;
    const began = performance.now();
    let rested = began;
    let found: Promise<Found> | undefined;
    const again = (): void => this.#later(rested - performance.now());
    const query = (): Promise<Found> => {
      // Dexie asks once more, for something has changed; meanwhile what was found is still to be told.
      if (found) void found.then(again, () => undefined);
      found ??= this.#query().then(
        (answer) => {
          const now = performance.now();
          if (this.#rests) rested = now + Math.min(breath * (now - began), longestBreath);
          return answer;
        },
        (cause: unknown) => {
          // Dexie keeps silent about a query whose connection was closed under it; here it is one that failed.
          throw new Error('a query failed', { cause });
        }
      );
      return found;
    };
    let told = false;
    this.#subscription = liveQuery(query).subscribe({
      next: (answer) => {
        if (told) return;
        // Somebody else has asked later, and may know more.
        if (refreshed !== this.#refreshed) return again();
        told = true;
        this.#pause.reset();
        this.current = answer;
        this.#answered(answer);
        this.#heard?.();
      },
      error: () => {
        this.#subscription?.unsubscribe();
        this.#later(this.#pause.next());
      }
    });
  }

  #later(milliseconds: number): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#subscription?.unsubscribe();
      this.#ask();
    }, milliseconds);
  }
}

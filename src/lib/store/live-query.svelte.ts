import { liveQuery, type Subscription } from 'dexie';

/** What a query over the tablet's database finds, kept up to date until it is closed; other tabs' writes included. */
export class LiveQuery<Found> {
  /** `initial` until the first answer. */
  current: Found = $state.raw() as Found;
  /** Resolves with the first answer. */
  readonly first: Promise<Found>;
  readonly #subscription: Subscription;
  readonly #query: () => Promise<Found>;

  constructor(query: () => Promise<Found>, initial: Found, heard?: () => void) {
    this.current = initial;
    this.#query = query;
    let answered: (found: Found) => void = () => undefined;
    this.first = new Promise((resolve) => (answered = resolve));
    this.#subscription = liveQuery(query).subscribe({
      next: (found) => {
        this.current = found;
        answered(found);
        heard?.();
      },
      // The database was closed under us (wiped, or another tab upgraded it): the last answer stays.
      error: () => undefined
    });
  }

  /** Asks now: resolves when what was just written is in `current`. */
  async refresh(): Promise<void> {
    this.current = await this.#query();
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}

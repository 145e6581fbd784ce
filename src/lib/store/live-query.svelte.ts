import { liveQuery, type Subscription } from 'dexie';

/** What a query over the tablet's database finds, kept up to date until it is closed; other tabs' writes included. */
export class LiveQuery<Found> {
  /** `initial` until the first answer. */
  current: Found = $state.raw() as Found;
  /** Whether the first answer has come. */
  ready = $state(false);
  readonly #subscription: Subscription;

  constructor(query: () => Promise<Found>, initial: Found) {
    this.current = initial;
    this.#subscription = liveQuery(query).subscribe({
      next: (found) => {
        this.current = found;
        this.ready = true;
      },
      // The database was closed under us (wiped, or another tab upgraded it): the last answer stays.
      error: () => undefined
    });
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}

/** Milliseconds, unless said otherwise: until what failed is tried again, and at most. */
const usual = { first: 1_000, longest: 30_000 };

/** NW9: the pauses of something that goes on whatever happens: each failure doubles the next one, a success begins anew. */
export class GrowingPause {
  readonly #first: number;
  readonly #longest: number;
  #next: number;

  constructor({ first, longest } = usual) {
    this.#first = first;
    this.#longest = longest;
    this.#next = first;
  }

  /** Milliseconds until the next try. */
  next(): number {
    const now = this.#next;
    this.#next = Math.min(now * 2, this.#longest);
    return now;
  }

  reset(): void {
    this.#next = this.#first;
  }
}

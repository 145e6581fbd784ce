/** Bytes of a batch: the first one of all, so that a slow network shows itself early. */
const first = 8 * 1024;

/** Milliseconds: a batch that took less may be larger next time, one that took more is to be smaller. */
const quick = 4_000;
const slow = 12_000;

/**
 * NW5: how much is sent at once. It grows while the network is quick and halves when a batch was slow or did not arrive,
 * so that whatever gets through at all gets through here; the least is one change, however few bytes are allowed.
 */
export class Pace {
  readonly #most: number;
  #bytes = first;

  /** @param most bytes that one request may carry */
  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes that the next batch may have. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param took milliseconds from the first byte sent to the relay's answer */
  arrived(took: number): void {
    if (took < quick) this.#bytes = Math.min(this.#bytes * 2, this.#most);
    else if (took > slow) this.#bytes = Math.max(1, Math.floor(this.#bytes / 2));
  }

  /**
   * What fails at once tells that there is no network, or that something on the way takes nothing so large; not that it
   * is slow: then the first batch of all is small enough.
   *
   * @param sent bytes of the batch of which no answer came
   * @param took milliseconds until that was known
   */
  lost(sent: number, took: number): void {
    const least = took < quick ? Math.min(first, this.#bytes) : 1;
    this.#bytes = Math.max(least, Math.floor(Math.min(sent, this.#bytes) / 2));
  }
}

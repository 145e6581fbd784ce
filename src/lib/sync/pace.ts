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

  /** @param sent bytes of the batch of which no answer came */
  lost(sent: number): void {
    this.#bytes = Math.max(1, Math.floor(Math.min(sent, this.#bytes) / 2));
  }
}

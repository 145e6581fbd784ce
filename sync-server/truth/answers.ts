/** Answers to readers who were there before: all tablets that were cut off at once ask from the same point. */
const [most, mostBytes] = [32, 4 * 1024 * 1024];

/** What readers of one document were given who asked from a point of their own, as long as nothing is written. */
export class Answers {
  #given = new Map<string, Uint8Array>();
  #bytes = 0;

  /** The answer to this state vector, if somebody was given it. */
  get(stateVector: Uint8Array): Uint8Array | undefined {
    return this.#given.get(nameOf(stateVector));
  }

  /** Keeps it for the next one, while there is room. */
  keep(stateVector: Uint8Array, answer: Uint8Array): void {
    if (this.#given.size >= most || this.#bytes + answer.length > mostBytes) return;
    this.#given.set(nameOf(stateVector), answer);
    this.#bytes += answer.length;
  }

  /** Something was written: none of them is true any more. */
  clear(): void {
    this.#given = new Map();
    this.#bytes = 0;
  }
}

function nameOf(stateVector: Uint8Array): string {
  return Buffer.from(stateVector).toString('latin1');
}

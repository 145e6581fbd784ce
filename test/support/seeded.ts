/** Chance that can be had again: the same seed, the same draws (mulberry32). */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0, and below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0, and below the given one. */
  below(most: number): number {
    return Math.floor(this.next() * most);
  }

  /** One of them. */
  of<One>(many: readonly [One, ...One[]]): One {
    return many[this.below(many.length)] ?? many[0];
  }

  /** So many bytes, any. */
  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}

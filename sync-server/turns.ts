import { setImmediate } from 'node:timers/promises';

/**
 * HT16: work that is large, one at a time for each who asks for it, and each in a turn of its own: what others ask is
 * done in between.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work when what was asked before under this key is done; the answer or the error is the work's own. */
  async run<Answer>(key: string, work: () => Promise<Answer>): Promise<Answer> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(() => setImmediate()).then(work);
    const over = mine.then(
      () => undefined,
      () => undefined
    );
    this.#last.set(key, over);
    void over.then(() => {
      if (this.#last.get(key) === over) this.#last.delete(key);
    });
    return mine;
  }
}

/**
 * RM21: what costs a few milliseconds each and many may ask for at once, relay-wide: one after the other in the order in
 * which it was asked for, each in a turn of its own of the event loop, so that whatever else has come is done in between.
 */
export class InTurn {
  #last: Promise<void> = Promise.resolve();

  /** Resolves in a turn in which nothing else of this is done. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => setImmediate());
    return this.#last;
  }
}

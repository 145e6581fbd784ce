/** How far the sending of what waits has come. */
export interface Progress {
  readonly arrived: number;
  readonly of: number;
}

/**
 * NW6: how much of what waits has arrived, whoever sends it: this tab, another one, or the browser by itself. Counted
 * from when something began to wait until nothing does.
 */
export class SendProgress {
  #of = $state(0);
  #waiting = $state(0);

  /** @param waiting changes that the relay has not settled yet */
  note(waiting: number): void {
    if (waiting === 0) this.#of = 0;
    else this.#of += Math.max(0, waiting - this.#waiting);
    this.#waiting = waiting;
  }

  /** Undefined while nothing of it has arrived. */
  get current(): Progress | undefined {
    const arrived = this.#of - this.#waiting;
    return arrived > 0 ? { arrived, of: this.#of } : undefined;
  }
}

/**
 * A fair lock: whoever asks first is served first, one at a time. Today there is one for the whole relay; what runs
 * under it says which TwinSpaces it touches only once it has decided, so finer locks (directory, then TwinSpaces in id
 * order) can come behind this interface.
 */
export class Lock {
  #last: Promise<void> = Promise.resolve();

  /** Runs the work when everybody before is done; the answer or the error is the work's own. */
  run<Answer>(work: () => Promise<Answer> | Answer): Promise<Answer> {
    const answer = this.#last.then(work);
    this.#last = answer.then(
      () => undefined,
      () => undefined
    );
    return answer;
  }
}

/** How many of something are open for each key. */
export class OpenCounts {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /** One more. */
  opened(key: string): void {
    this.#counts.set(key, this.of(key) + 1);
  }

  /** One less. */
  closed(key: string): void {
    const left = this.of(key) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
}

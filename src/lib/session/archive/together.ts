/**
 * FA7: hands things over in parts: what came while the part before was on its way goes together, at most so many. So a few
 * are handed over at once, and many cost little each.
 */
export class Together<One> {
  readonly #most: number;
  readonly #hand: (ones: readonly One[]) => Promise<void>;
  readonly #ready: One[] = [];
  /** Never rejects. */
  #handing: Promise<void> | undefined;
  #failed: { readonly error: unknown } | undefined;

  constructor(most: number, hand: (ones: readonly One[]) => Promise<void>) {
    this.#most = most;
    this.#hand = hand;
  }

  /**
   * Takes one more; resolves when there is room for another one.
   *
   * @throws what handing an earlier one over has thrown
   */
  async add(one: One): Promise<void> {
    this.#check();
    this.#ready.push(one);
    this.#handing ??= this.#handAll();
    if (this.#ready.length >= this.#most) await this.#handing;
    this.#check();
  }

  /** Resolves when all are handed over. Throws as above. */
  async all(): Promise<void> {
    await this.#handing;
    this.#check();
  }

  /** What is not on its way yet is left; resolves when nothing is on its way. */
  async leave(): Promise<void> {
    this.#ready.length = 0;
    await this.#handing;
  }

  async #handAll(): Promise<void> {
    try {
      while (this.#ready.length > 0) await this.#hand(this.#ready.splice(0, this.#most));
    } catch (error) {
      this.#failed = { error };
    } finally {
      this.#handing = undefined;
    }
  }

  #check(): void {
    if (this.#failed) throw this.#failed.error;
  }
}

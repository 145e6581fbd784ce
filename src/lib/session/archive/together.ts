/**
 * FA7: hands things over in parts: what came while the part before was on its way, or shortly after it, goes together, at
 * most so many. So a few are handed over at once, and many cost little each.
 */
export class Together<One> {
  readonly #most: number;
  readonly #hand: (ones: readonly One[]) => Promise<void>;
  readonly #apart: number;
  readonly #ready: One[] = [];
  /** Never rejects. */
  #handing: Promise<void> | undefined;
  #failed: { readonly error: unknown } | undefined;
  /** When the last part went. */
  #went = -Infinity;
  /** Somebody waits for what is ready: it waits for no more. */
  #hurried = false;
  /** Ends waiting for more of the next part. */
  #go: () => void = () => undefined;

  /**
   * @param most so many go together
   * @param apart milliseconds from one part to the next that is smaller
   */
  constructor(
    most: number,
    hand: (ones: readonly One[]) => Promise<void>,
    { apart = 0 }: { readonly apart?: number } = {}
  ) {
    this.#most = most;
    this.#hand = hand;
    this.#apart = apart;
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
    if (this.#ready.length >= this.#most) await this.all();
    this.#check();
  }

  /** Resolves when all are handed over. Throws as above. */
  async all(): Promise<void> {
    await this.#hurry();
    this.#check();
  }

  /** What is not on its way yet is left; resolves when nothing is on its way. */
  async leave(): Promise<void> {
    this.#ready.length = 0;
    await this.#hurry();
  }

  /** Resolves when nothing is ready or on its way. */
  async #hurry(): Promise<void> {
    this.#hurried = true;
    this.#go();
    await this.#handing;
    this.#hurried = false;
  }

  async #handAll(): Promise<void> {
    try {
      while (this.#ready.length > 0) {
        await this.#more();
        const ones = this.#ready.splice(0, this.#most);
        this.#went = performance.now();
        if (ones.length > 0) await this.#hand(ones);
      }
    } catch (error) {
      this.#failed = { error };
    } finally {
      this.#handing = undefined;
    }
  }

  /** Resolves when the next part is as large as it gets, or has waited for long enough. */
  async #more(): Promise<void> {
    const wait = this.#went + this.#apart - performance.now();
    if (wait <= 0 || this.#hurried || this.#ready.length >= this.#most) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#go = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #check(): void {
    if (this.#failed) throw this.#failed.error;
  }
}

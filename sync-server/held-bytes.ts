/** How much may be held. */
export interface HeldCaps {
  readonly perAccount: number;
  readonly all: number;
}

/** What one holds, to be let go at once. */
export interface Holding {
  /** Holds so many bytes more; false, and nothing more is held, where that is too much. */
  take(bytes: number): boolean;
  release(): void;
}

/**
 * RM14, HT18: bytes that the relay holds because they have not arrived whole, or have not been read: in sum, and for each
 * that answers for them (the owner of a device, a classroom tablet).
 */
export class HeldBytes {
  readonly #most: HeldCaps;
  readonly #of = new Map<string, number>();
  #all = 0;

  constructor(most: HeldCaps) {
    this.#most = most;
  }

  /** Bytes held for all. */
  get all(): number {
    return this.#all;
  }

  /** Holds so many bytes more; false, and nothing is held, where that is too much. */
  take(account: string, bytes: number): boolean {
    const own = (this.#of.get(account) ?? 0) + bytes;
    if (own > this.#most.perAccount || this.#all + bytes > this.#most.all) return false;
    this.#of.set(account, own);
    this.#all += bytes;
    return true;
  }

  release(account: string, bytes: number): void {
    const own = (this.#of.get(account) ?? 0) - bytes;
    if (own > 0) this.#of.set(account, own);
    else this.#of.delete(account);
    this.#all -= bytes;
  }

  /** A part of what is held for this account. */
  holding(account: string): Holding {
    let held = 0;
    return {
      take: (bytes) => {
        const taken = this.take(account, bytes);
        if (taken) held += bytes;
        return taken;
      },
      release: () => {
        this.release(account, held);
        held = 0;
      }
    };
  }
}

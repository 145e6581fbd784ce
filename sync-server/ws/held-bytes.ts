import { caps } from '#relay/caps.ts';

/**
 * RM14: bytes that the relay holds for its sockets because they have not arrived whole, or have not been read: in sum,
 * and for each that answers for them (the owner of a device, a classroom tablet).
 */
export class HeldBytes {
  readonly #of = new Map<string, number>();
  #all = 0;

  /** Bytes held for all. */
  get all(): number {
    return this.#all;
  }

  /** Holds so many bytes more; false, and nothing is held, where that is too much. */
  take(account: string, bytes: number): boolean {
    const own = (this.#of.get(account) ?? 0) + bytes;
    if (own > caps.memory.perAccount || this.#all + bytes > caps.memory.all) return false;
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
}

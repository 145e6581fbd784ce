import { caps, type RateName, type RateTable } from '#relay/caps.ts';
import type { Clock } from '#relay/clock.ts';

/** Buckets forgotten when there are more; the fullest, which have nothing to remember, go first. */
const mostBuckets = 50_000;

interface Bucket {
  left: number;
  at: number;
}

/** Token buckets, one for each name and key. */
export class Rates {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  readonly #rates: RateTable;

  constructor(clock: Clock, table: RateTable = caps.rates) {
    this.#clock = clock;
    this.#rates = table;
  }

  /**
   * Takes so much, if it is there.
   *
   * @returns 0, or after how many seconds it will be there
   */
  take(name: RateName, key: string, amount = 1): number {
    const { perSecond } = this.#rates[name];
    const left = this.#left(name, key);
    const enough = left >= amount;
    this.#set(name, key, enough ? left - amount : left);
    return enough ? 0 : Math.ceil((amount - left) / perSecond);
  }

  /**
   * Whether anything is left: for what is only known once it was given, and then charged.
   *
   * @returns 0, or after how many seconds
   */
  wait(name: RateName, key: string): number {
    const left = this.#left(name, key);
    return left > 0 ? 0 : Math.max(1, Math.ceil(-left / this.#rates[name].perSecond));
  }

  /** So much was given, whether it was there or not: what is owed has to come in first. */
  charge(name: RateName, key: string, amount: number): void {
    this.#set(name, key, this.#left(name, key) - amount);
  }

  #left(name: RateName, key: string): number {
    const { burst, perSecond } = this.#rates[name];
    const bucket = this.#buckets.get(`${name}\n${key}`);
    if (!bucket) return burst;
    return Math.min(burst, bucket.left + ((this.#clock.now() - bucket.at) / 1000) * perSecond);
  }

  #set(name: RateName, key: string, left: number): void {
    const id = `${name}\n${key}`;
    const now = this.#clock.now();
    this.#buckets.delete(id);
    this.#buckets.set(id, { left, at: now });
    if (this.#buckets.size > mostBuckets) this.#forget(now);
  }

  /** Full buckets say nothing; if none is full, the longest unused goes. */
  #forget(now: number): void {
    for (const [id, { left, at }] of this.#buckets) {
      const { burst, perSecond } = this.#rates[id.slice(0, id.indexOf('\n')) as RateName];
      if (left + ((now - at) / 1000) * perSecond >= burst) this.#buckets.delete(id);
    }
    for (const id of this.#buckets.keys()) {
      if (this.#buckets.size <= mostBuckets) break;
      this.#buckets.delete(id);
    }
  }
}

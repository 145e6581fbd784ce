import type { Clock } from '#relay/clock.ts';

/** SI4: so many wrong passwords cost nothing: a child mistypes. */
const free = 3;
/** SI4: the longest wait, in seconds. Never more: nobody can lock anybody out. */
const longest = 60;
/** After so many milliseconds without another wrong one, all is forgotten. */
const memory = 60 * 60 * 1000;
const mostKeys = 50_000;

interface Failures {
  count: number;
  last: number;
}

/**
 * SI4: delays after wrong passwords, per name and address, or per name and device for a device that is enrolled; so
 * nobody elsewhere waits for it.
 */
export class SignInDelays {
  readonly #clock: Clock;
  readonly #failures = new Map<string, Failures>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts an attempt as failed before it is looked at, so that many at once gain nothing; `succeeded` takes it back.
   *
   * @returns 0, or the seconds to wait; then the attempt did not count
   */
  attempt(key: string): number {
    const now = this.#clock.now();
    const known = this.#failures.get(key);
    const fresh = !known || now - known.last > memory;
    const count = fresh ? 0 : known.count;
    const wait = count < free ? 0 : Math.min(longest, 2 ** (count - free)) * 1000;
    const over = fresh ? 0 : known.last + wait - now;
    if (over > 0) return Math.ceil(over / 1000);
    this.#failures.delete(key);
    this.#failures.set(key, { count: count + 1, last: now });
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= mostKeys) break;
      this.#failures.delete(oldest);
    }
    return 0;
  }

  /** The password was right: the name begins anew from there. */
  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}

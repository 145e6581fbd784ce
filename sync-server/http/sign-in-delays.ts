import type { Clock } from '#relay/clock.ts';

/** SI4: the longest wait, in seconds. Never more: nobody can lock anybody out. */
const longest = 60;
/** After so many milliseconds without another wrong one, all is forgotten. */
const memory = 60 * 60 * 1000;
const mostKeys = 50_000;

/** SI4, SI16: so many wrong passwords cost nothing: a child mistypes; a name is tried from several new devices. */
export const freeAttempts = { one: 3, everywhere: 20 } as const;

/** Who tries which name, as far as attempts are counted. */
export interface Attempt {
  /** The name, and the device, person or address from which it is tried. */
  readonly one: string;
  /** SI16: the name alone, from wherever it has not signed in before; absent: it has signed in there. */
  readonly everywhere?: string;
}

interface Failures {
  count: number;
  last: number;
}

/**
 * SI4: delays after wrong passwords, per name and device on which the account has signed in before, so that nobody
 * elsewhere makes it wait; SI16: from anywhere else per name and whoever tries, and per name over all of them together.
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
  attempt(attempt: Attempt): number {
    const now = this.#clock.now();
    const counted = keysOf(attempt).map(([key, free]) => ({ key, ...this.#waits(key, free, now) }));
    const over = Math.max(...counted.map((one) => one.over));
    if (over > 0) return Math.ceil(over / 1000);
    for (const { key, count } of counted) {
      this.#failures.delete(key);
      this.#failures.set(key, { count: count + 1, last: now });
    }
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= mostKeys) break;
      this.#failures.delete(oldest);
    }
    return 0;
  }

  /** The password was right: the name begins anew from there; elsewhere nothing is taken back but this attempt. */
  succeeded({ one, everywhere }: Attempt): void {
    this.#failures.delete(`one\n${one}`);
    const all = everywhere === undefined ? undefined : this.#failures.get(`everywhere\n${everywhere}`);
    if (all) all.count -= 1;
  }

  #waits(key: string, free: number, now: number): { readonly count: number; readonly over: number } {
    const known = this.#failures.get(key);
    if (!known || now - known.last > memory) return { count: 0, over: 0 };
    const { count, last } = known;
    const wait = count < free ? 0 : Math.min(longest, 2 ** (count - free)) * 1000;
    return { count, over: last + wait - now };
  }
}

function keysOf({ one, everywhere }: Attempt): readonly (readonly [key: string, free: number])[] {
  return [
    [`one\n${one}`, freeAttempts.one],
    ...(everywhere === undefined ? [] : [[`everywhere\n${everywhere}`, freeAttempts.everywhere] as const])
  ];
}

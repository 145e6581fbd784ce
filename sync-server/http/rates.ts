import type { Clock } from '#relay/clock.ts';

/** How much may come at once, and how much a second for long. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** HT4: generous enough for a school behind one address, and for a tablet that comes back after weeks. */
export const rates = {
  /** Requests to the API from one address. */
  address: { burst: 3_000, perSecond: 300 },
  /** Requests from one device. */
  device: { burst: 3_000, perSecond: 200 },
  /** Changes from one device. */
  changes: { burst: 20_000, perSecond: 2_000 },
  /** Sign-ins and uses of links from one address: two classes at once. */
  doors: { burst: 240, perSecond: 4 },
  /** JO8: usernames asked for by one person, on whichever device: a class by hand, then one every ten seconds. */
  lookups: { burst: 40, perSecond: 0.1 },
  /** SI17: devices that one account enrols: forty, then one every ten minutes. */
  enrolments: { burst: 40, perSecond: 1 / 600 },
  /** HT10: free numbers asked for by one person: a number tells that the ones before are taken. */
  numbers: { burst: 120, perSecond: 0.2 }
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof rates;

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

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Takes so much, if it is there.
   *
   * @returns 0, or after how many seconds it will be there
   */
  take(name: RateName, key: string, amount = 1): number {
    const { burst, perSecond } = rates[name];
    const now = this.#clock.now();
    const id = `${name}\n${key}`;
    const bucket = this.#buckets.get(id) ?? { left: burst, at: now };
    const left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    const enough = left >= amount;
    this.#buckets.delete(id);
    this.#buckets.set(id, { left: enough ? left - amount : left, at: now });
    if (this.#buckets.size > mostBuckets) this.#forget(now);
    return enough ? 0 : Math.ceil((amount - left) / perSecond);
  }

  /** Full buckets say nothing; if none is full, the longest unused goes. */
  #forget(now: number): void {
    for (const [id, { left, at }] of this.#buckets) {
      const { burst, perSecond } = rates[id.slice(0, id.indexOf('\n')) as RateName];
      if (left + ((now - at) / 1000) * perSecond >= burst) this.#buckets.delete(id);
    }
    for (const id of this.#buckets.keys()) {
      if (this.#buckets.size <= mostBuckets) break;
      this.#buckets.delete(id);
    }
  }
}

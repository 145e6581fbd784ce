import { caps } from '#relay/caps.ts';
import type { FromFollower } from './frames.ts';

/** Counts what a connection sends, window by window (RM5). */
export class FloodGauge {
  readonly #now: () => number;
  #since: number;
  #counts = { step1: 0, written: 0, writtenBytes: 0, all: 0 };

  /** @param now milliseconds that never go back */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  /** Counts a frame, and says whether it is one too many. */
  isFlood(is: FromFollower['is'] | 'control', bytes: number): boolean {
    const now = this.#now();
    if (now - this.#since >= caps.frames.windowMs) {
      this.#since = now;
      this.#counts = { step1: 0, written: 0, writtenBytes: 0, all: 0 };
    }
    const counts = this.#counts;
    counts.all += 1;
    if (is === 'step1' || is === 'written') counts[is] += 1;
    if (is === 'written') counts.writtenBytes += bytes;
    const { step1, written, writtenBytes, all } = caps.frames;
    return (
      counts.all > all ||
      counts.step1 > step1 ||
      counts.written > written ||
      counts.writtenBytes > writtenBytes
    );
  }
}

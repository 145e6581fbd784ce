import type { FromFollower } from './frames.ts';

/** RM5: what one connection may send within `window` milliseconds. Bytes count for whatever would write. */
export const flood = {
  window: 10_000,
  step1: 50,
  written: 200,
  writtenBytes: 4 * 1024 * 1024,
  frames: 1_000
} as const;

/** Counts what a connection sends, window by window. */
export class FloodGauge {
  readonly #now: () => number;
  #since: number;
  #counts = { step1: 0, written: 0, writtenBytes: 0, frames: 0 };

  /** @param now milliseconds that never go back */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  /** Counts a frame, and says whether it is one too many. */
  isFlood(is: FromFollower['is'], bytes: number): boolean {
    const now = this.#now();
    if (now - this.#since >= flood.window) {
      this.#since = now;
      this.#counts = { step1: 0, written: 0, writtenBytes: 0, frames: 0 };
    }
    const counts = this.#counts;
    counts.frames += 1;
    if (is === 'step1') counts.step1 += 1;
    if (is === 'written') {
      counts.written += 1;
      counts.writtenBytes += bytes;
    }
    return (
      counts.frames > flood.frames ||
      counts.step1 > flood.step1 ||
      counts.written > flood.written ||
      counts.writtenBytes > flood.writtenBytes
    );
  }
}

import { onWake } from '#lib/store/on-wake.ts';

/** Events in which a hand is felt. */
const touches = ['pointerdown', 'keydown'] as const;
/** Milliseconds between two looks while nothing happens. */
const lookEvery = 15_000;

/**
 * SE7: ends a session when nobody has touched the device for so long; a child who walks away leaves nothing open. How
 * long ago that was is asked of two clocks, and the longer answer counts: the one that people can set knows of the hours
 * that a tablet slept, and the one that they cannot is not deceived by whoever turns the other back.
 */
export class IdleLock {
  readonly #minutes: () => number;
  readonly #lock: () => void;
  /** The last touch: milliseconds since 1970, and since this page began. */
  #touched = { set: Date.now(), steady: performance.now() };
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #unlisten: () => void;
  #closed = false;

  /**
   * @param minutes how long, asked anew at each look
   * @param lock called once
   */
  constructor(minutes: () => number, lock: () => void) {
    this.#minutes = minutes;
    this.#lock = lock;
    for (const event of touches) addEventListener(event, this.#onTouch, true);
    this.#timer = setInterval(() => this.#isOver(), lookEvery);
    // A tablet that slept, or a page that came back, has not been looked at meanwhile.
    this.#unlisten = onWake(() => void this.#isOver());
  }

  /** Somebody is here: a touch, or work that was asked for and still goes on. After the time it comes too late. */
  touch(): void {
    if (this.#isOver()) return;
    this.#touched = { set: Date.now(), steady: performance.now() };
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    for (const event of touches) removeEventListener(event, this.#onTouch, true);
    this.#unlisten();
  }

  /** The touch that finds the time over wakes the tablet and does nothing else: whose it is nobody knows. */
  readonly #onTouch = (event: Event): void => {
    if (this.#isOver()) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else this.touch();
  };

  #isOver(): boolean {
    if (this.#closed) return true;
    const { set, steady } = this.#touched;
    const ago = Math.max(Date.now() - set, performance.now() - steady);
    if (ago < this.#minutes() * 60_000) return false;
    this.close();
    this.#lock();
    return true;
  }
}

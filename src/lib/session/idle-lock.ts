/** SE7: ends a session when nobody has touched the device for so long; a child who walks away leaves nothing open. */
export class IdleLock {
  readonly #minutes: () => number;
  readonly #lock: () => void;
  #touched = Date.now();
  readonly #timer: ReturnType<typeof setInterval>;
  /** Somebody is here: a touch, or work that was asked for and still goes on. */
  readonly touch = (): void => {
    this.#touched = Date.now();
  };

  /**
   * @param minutes how long, asked anew at each look
   * @param lock called once
   */
  constructor(minutes: () => number, lock: () => void) {
    this.#minutes = minutes;
    this.#lock = lock;
    for (const event of ['pointerdown', 'keydown'] as const) addEventListener(event, this.touch, true);
    this.#timer = setInterval(() => this.#look(), 15_000);
    // A tablet that slept has not been looked at meanwhile.
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const event of ['pointerdown', 'keydown'] as const) removeEventListener(event, this.touch, true);
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  readonly #onVisible = (): void => this.#look();

  #look(): void {
    if (Date.now() - this.#touched < this.#minutes() * 60_000) return;
    this.close();
    this.#lock();
  }
}

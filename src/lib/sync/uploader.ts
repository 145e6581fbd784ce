import type { Database } from '#lib/store/database.ts';
import { liveQuery, type Subscription } from 'dexie';
import { askForBackgroundSync } from './background.ts';
import { RelayError, type RelayClient } from './relay-client.ts';
import { upload } from './upload.ts';

/** Milliseconds between attempts while something waits: the first, and the longest. */
const pause = { first: 1_000, longest: 30_000 };

/** What the uploader tells: the relay answered, could not be reached, or no longer knows this device. */
export type Contact = 'reached' | 'unreachable' | 'not-enrolled' | 'revoked';

/**
 * Sends the outbox whenever something waits in it: at once when something new is there or the network comes back, and
 * at growing intervals while the relay cannot be reached. Stops when closed.
 */
export class Uploader {
  readonly #db: Database;
  readonly #relay: RelayClient;
  readonly #tell: (contact: Contact) => void;
  readonly #subscription: Subscription;
  readonly #wake = (): void => this.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = pause.first;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(db: Database, relay: RelayClient, tell: (contact: Contact) => void) {
    this.#db = db;
    this.#relay = relay;
    this.#tell = tell;
    this.#subscription = liveQuery(() => db.outbox.orderBy('seq').last()).subscribe({
      next: (last) => {
        if (last) this.now();
      },
      error: () => undefined
    });
    addEventListener('online', this.#wake);
  }

  /** Tries at once. */
  now(): void {
    void this.attempt();
  }

  /** Tries at once; resolves when this attempt has ended, however it ended. */
  attempt(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#try().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.now();
      }
    });
    return this.#running;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#wake);
    this.#subscription.unsubscribe();
    await this.#running;
  }

  async #try(): Promise<void> {
    try {
      if ((await this.#db.outbox.count()) === 0) return;
      const waiting = await this.#db.outbox.filter((row) => row.state.is !== 'accepted').count();
      if (waiting === 0) return;
      const left = await upload(this.#db, this.#relay);
      this.#tell('reached');
      if (left === 'again') this.#later();
      else this.#wait = pause.first;
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      if (error.code === 'device-revoked') return this.#tell('revoked');
      if (error.code === 'not-enrolled') return this.#tell('not-enrolled');
      if (error.code === 'offline') void askForBackgroundSync();
      this.#tell(error.code === 'offline' ? 'unreachable' : 'reached');
      this.#later(error.seconds);
    }
  }

  #later(seconds?: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#wake, seconds === undefined ? this.#wait : seconds * 1000);
    this.#wait = Math.min(this.#wait * 2, pause.longest);
  }
}

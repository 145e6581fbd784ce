import type { Database } from '#lib/store/database.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { filesToSend } from '#lib/store/media-files.ts';
import { isStorageFailure } from '#lib/store/storage-failure.ts';
import { lastWaiting } from '#lib/store/waiting.ts';
import { askForBackgroundSync } from './background.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';
import { uploadMedia } from './upload-media.ts';
import { sending, upload, type Sent } from './upload.ts';

/**
 * What the uploader tells: the relay answered, took what does not alter the report of this device (OB7), could not be
 * reached, or no longer knows this device.
 */
export type Contact = 'reached' | 'sent' | 'unreachable' | 'foreign' | 'not-enrolled' | 'revoked';

/** What an uploader sends. */
export interface Sends {
  /** Changes with whatever is to be sent; undefined where there is nothing. */
  readonly next: () => Promise<unknown>;
  /** Sends all that there is. Throws a RelayError. */
  readonly send: () => Promise<Sent>;
}

/** What waits in the outbox. */
export function sendsChanges(db: Database, relay: RelayClient): Sends {
  const how = sending();
  return {
    next: () => lastWaiting(db),
    send: () => upload(db, relay, how)
  };
}

/** MT4: the bytes of media that were made here. */
export function sendsMedia(db: Database, relay: RelayClient): Sends {
  return {
    next: async () => (await filesToSend(db)).at(-1),
    send: async () => ({ again: (await uploadMedia(db, relay)) === 'again', report: false })
  };
}

/**
 * Sends what waits, whenever something does: at once when something new is there or the network comes back, and at
 * growing intervals while the relay cannot be reached or the tablet's own storage fails (NW9). Stops when closed.
 */
export class Uploader {
  readonly #sends: Sends;
  readonly #tell: (contact: Contact) => void;
  readonly #next: LiveQuery<unknown>;
  readonly #wake = (): void => this.now();
  readonly #pause = new GrowingPause();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(sends: Sends, tell: (contact: Contact) => void) {
    this.#sends = sends;
    this.#tell = tell;
    const look = (): void => {
      if (this.#next.current !== undefined) this.now();
    };
    this.#next = new LiveQuery<unknown>(sends.next, undefined, look, { rests: true });
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
    this.#next.close();
    await this.#running;
  }

  async #try(): Promise<void> {
    try {
      if ((await this.#sends.next()) === undefined) return;
      const { again, report } = await this.#sends.send();
      this.#tell(report ? 'reached' : 'sent');
      if (again) this.#later();
      else this.#pause.reset();
    } catch (error) {
      if (error instanceof RelayError) return this.#failed(error);
      // The tablet's own storage: it is tried again. A mistake of ours is seen, and stops nothing.
      this.#later();
      if (!isStorageFailure(error)) throw error;
    }
  }

  #failed(error: RelayError): void {
    if (error.code === 'device-revoked') return this.#tell('revoked');
    if (error.code === 'not-enrolled') return this.#tell('not-enrolled');
    if (error.unreached) askForBackgroundSync().catch(() => undefined);
    const { code } = error;
    this.#tell(code === 'offline' ? 'unreachable' : code === 'foreign' ? 'foreign' : 'reached');
    this.#later(error.seconds);
  }

  #later(seconds?: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    const pause = this.#pause.next();
    this.#timer = setTimeout(this.#wake, seconds === undefined ? pause : seconds * 1000);
  }
}

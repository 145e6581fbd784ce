import type { AccountId } from '#lib/domain/ids.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import { arrivedKeys, reconcile } from '#lib/store/credentials.ts';
import type { Database } from '#lib/store/database.ts';
import { readDevice } from '#lib/store/device.ts';
import { forgetOld } from '#lib/store/outbox.ts';
import { wipe } from '#lib/store/wipe.ts';
import { RelayError, type RelayClient } from '#lib/sync/relay-client.ts';
import { Uploader, type Contact as Heard } from '#lib/sync/uploader.ts';

/** Milliseconds between two looks for a relay that cannot be reached, and between reports while it can. */
const pauses = { unreachable: 5_000, reached: 120_000 };

/**
 * The contact of this device with the relay: whether it can be reached, the report of each contact (rooms, leases, the
 * date), the uploader. A device that the relay has revoked is wiped here, but for what waits in it.
 */
export class Contact {
  /** Whether the relay can be reached, as far as known. */
  online = $state(typeof navigator === 'undefined' || navigator.onLine);
  /** This device has a cookie that the relay no longer knows: somebody must sign in online again. */
  unknown = $state(false);
  readonly #db: Database;
  readonly #relay: RelayClient;
  readonly #revoked: () => void;
  readonly #listeners = new Set<() => void>();
  #uploader: Uploader | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | undefined;
  #closed = false;
  readonly #onOnline = (): void => void this.refresh();
  readonly #onOffline = (): void => this.#set(false);

  constructor(db: Database, relay: RelayClient, revoked: () => void) {
    this.#db = db;
    this.#relay = relay;
    this.#revoked = revoked;
  }

  async start(): Promise<void> {
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    this.#uploader = new Uploader(this.#db, this.#relay, (heard) => this.#heard(heard));
    if ((await readDevice(this.#db)).enrolment.is === 'enrolled') void this.refresh();
  }

  /** Calls whenever the contact comes or goes, or a new report is there, until the answer is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the relay for the report of this device. Resolves when it is stored, or when it is known that none came. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
      this.#schedule();
    });
    return this.#asking;
  }

  /** Sends what waits, now. */
  async sendNow(): Promise<void> {
    await this.refresh();
    await this.#uploader?.attempt();
  }

  /**
   * Stores what the relay said of this device.
   *
   * @param arrived the accounts whose key from here had reached the relay before it was asked
   */
  async apply(report: DeviceReport, arrived: ReadonlySet<AccountId> = new Set()): Promise<void> {
    const device = await readDevice(this.#db);
    const { id, kind, owner } = report.device;
    const { accounts, rooms, today } = report;
    await this.#db.device.put({
      name: 'device',
      id,
      enrolment: { is: 'enrolled', kind, owner, accounts, rooms },
      furthest: device.furthest && device.furthest > today ? device.furthest : today
    });
    await reconcile(this.#db, accounts, report.credentials, today, arrived);
    await forgetOld(this.#db, today);
    const back = this.unknown || !this.online;
    this.unknown = false;
    this.#set(true, true);
    if (back) this.#uploader?.now();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    await this.#uploader?.close();
  }

  async #ask(): Promise<void> {
    try {
      const arrived = await arrivedKeys(this.#db);
      await this.apply(await this.#relay.device(), arrived);
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      if (error.code === 'device-revoked') await this.#wipe();
      else if (error.code === 'not-enrolled') this.unknown = true;
      this.#set(error.code !== 'offline' && error.code !== 'relay-stopping');
    }
  }

  #heard(heard: Heard): void {
    if (heard === 'revoked') void this.#wipe();
    else if (heard === 'unreachable') this.#set(false);
    else void this.refresh();
  }

  async #wipe(): Promise<void> {
    await wipe(this.#db);
    this.#revoked();
  }

  #set(online: boolean, tell = this.online !== online): void {
    this.online = online;
    if (tell) for (const listener of this.#listeners) listener();
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const pause = this.online ? pauses.reached : pauses.unreachable;
    this.#timer = setTimeout(() => void this.#again(), pause);
  }

  async #again(): Promise<void> {
    if ((await readDevice(this.#db)).enrolment.is === 'enrolled' && navigator.onLine) await this.refresh();
    else this.#schedule();
  }
}

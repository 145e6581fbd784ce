import type { AccountId } from '#lib/domain/ids.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { arrivedKeys, reconcile } from '#lib/store/credentials.ts';
import type { Database } from '#lib/store/database.ts';
import { readDevice } from '#lib/store/device.ts';
import { eraseAccounts } from '#lib/store/erase-accounts.ts';
import { forgetOldHands, handSent, unsentHands } from '#lib/store/hands.ts';
import { forgetOld } from '#lib/store/outbox.ts';
import { wipe } from '#lib/store/wipe.ts';
import { RelayError, type RelayClient } from '#lib/sync/relay-client.ts';
import { Uploader, type Contact as Heard } from '#lib/sync/uploader.ts';

/** Milliseconds between two looks for a relay that cannot be reached, and between reports while it can. */
const pauses = { unreachable: 5_000, reached: 120_000 };

/** What a contact may take away: all that this device holds, or accounts that were erased (ER7). */
export type Lost =
  { readonly is: 'revoked' } | { readonly is: 'erased'; readonly accounts: readonly AccountId[] };

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
  readonly #lost: (why: Lost) => void;
  readonly #listeners = new Set<() => void>();
  #uploader: Uploader | undefined;
  /** What the relay was last told of how much waits here. */
  #toldWaiting: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | undefined;
  #closed = false;
  readonly #onOnline = (): void => void this.refresh();
  /** How often the network went. */
  #gone = 0;
  readonly #onOffline = (): void => {
    this.#gone++;
    this.#set(false);
  };

  constructor(db: Database, relay: RelayClient, lost: (why: Lost) => void) {
    this.#db = db;
    this.#relay = relay;
    this.#lost = lost;
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
    await this.#erase(report.erased);
    const back = this.unknown || !this.online;
    this.unknown = false;
    this.#set(true, true);
    if (back) this.#uploader?.now();
    void this.#tell(today);
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
      const gone = this.#gone;
      const arrived = await arrivedKeys(this.#db);
      await this.apply(await this.#relay.device(), arrived);
      // An answer that came before the network went, and was stored after, does not bring it back.
      if (gone !== this.#gone) this.#set(false);
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      if (error.code === 'device-revoked') await this.#wipe();
      else if (error.code === 'not-enrolled') this.unknown = true;
      this.#set(error.code !== 'offline' && error.code !== 'relay-stopping');
    }
  }

  /** ER7: deletes what is left of erased accounts, and confirms it. */
  async #erase(accounts: readonly AccountId[]): Promise<void> {
    if (accounts.length === 0) return;
    await eraseAccounts(this.#db, accounts);
    this.#lost({ is: 'erased', accounts });
    // Whoever cannot be told now is told at the next contact: the relay asks again.
    await this.#relay.confirmErased(accounts).catch(ignoreRelay);
  }

  /** What this device has to say of itself: hands that went up without a network (HA2), how much waits (SP6). */
  async #tell(today: CalendarDate): Promise<void> {
    try {
      for (const { who } of await unsentHands(this.#db)) {
        await this.#relay.raiseHand(who);
        await handSent(this.#db, who);
      }
      await forgetOldHands(this.#db, today);
      const waiting = await this.#db.outbox.filter(({ state }) => state.is !== 'accepted').count();
      if (waiting !== this.#toldWaiting) await this.#relay.tellWaiting(waiting);
      this.#toldWaiting = waiting;
    } catch (error) {
      ignoreRelay(error);
    }
  }

  #heard(heard: Heard): void {
    if (heard === 'revoked') void this.#wipe();
    else if (heard === 'unreachable') this.#set(false);
    else void this.refresh();
  }

  async #wipe(): Promise<void> {
    await wipe(this.#db);
    this.#lost({ is: 'revoked' });
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

/** What could not be said to the relay now is said at another contact; whatever else it was is our own mistake. */
function ignoreRelay(error: unknown): void {
  if (!(error instanceof RelayError)) throw error;
}

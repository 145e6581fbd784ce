import type { AccountId, KeyId } from '#lib/domain/ids.ts';
import { draftsTag } from '#lib/protocol/drafts-tag.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { arrivedKeys, keyTables, reconcile } from '#lib/store/credentials.ts';
import type { Database } from '#lib/store/database.ts';
import { readDevice } from '#lib/store/device.ts';
import { keepOnly } from '#lib/store/documents.ts';
import { parking, takeDrafts } from '#lib/store/drafts.ts';
import { eraseAccounts } from '#lib/store/erase-accounts.ts';
import { forgetOldHands, handSent, unsentHands } from '#lib/store/hands.ts';
import { forgetOld } from '#lib/store/outbox.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import { onWake } from '#lib/store/on-wake.ts';
import { wipe } from '#lib/store/wipe.ts';
import type { DeviceStatus } from '#lib/protocol/tablets.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import { sendsChanges, sendsMedia, Uploader, type Contact as Heard } from '#lib/sync/uploader.ts';
import { pauseOf, pauses } from './contact-pauses.ts';
import { accountsOn, toldDevice } from './told-device.ts';

/** What a contact may take away: all that this device holds, accounts that were erased (ER7), or the right of others (SI13). */
export type Lost =
  | { readonly is: 'revoked' }
  | { readonly is: 'erased'; readonly accounts: readonly AccountId[] }
  /** `held`: the only accounts of which a sealed key is still here. */
  | { readonly is: 'shut-out'; readonly held: readonly AccountId[] };

/** `report`: the contact has come or gone, or a new report is there; `sent`: the relay took what does not alter it (OB7). */
export type Told = 'report' | 'sent';

/** What was on its way when a report was asked for: the report may not know of it. */
export interface Asked {
  /** Keys made here that had reached the relay by then. */
  readonly arrived: ReadonlySet<KeyId>;
  readonly parking: ReadonlySet<string>;
  /** What the device then called the sealed keys that it held (SI10). */
  readonly tag: string;
}
const nothing: Asked = { arrived: new Set(), parking: new Set(), tag: '' };

/** What a contact needs to know of the app, and whom it tells what it took away. */
export interface ContactParts {
  readonly lost: (why: Lost) => void;
  readonly status: () => Promise<DeviceStatus>;
}

/**
 * The contact of this device with the relay: whether it can be reached, the report of each contact (rooms, leases, the
 * date), the uploaders. A device that the relay has revoked is wiped here, but for what waits in it.
 */
export class Contact {
  /** Whether the relay can be reached, as far as known. */
  online = $state(typeof navigator === 'undefined' || navigator.onLine);
  /** This device has a cookie that the relay no longer knows: somebody must sign in online again. */
  unknown = $state(false);
  /** NW8: the last answer was not the relay's: something in this network answers in its place. */
  foreign = $state(false);
  readonly #db: Database;
  readonly #relay: RelayClient;
  readonly #parts: ContactParts;
  readonly #listeners = new Set<(told: Told) => void>();
  /** Of changes, and of the bytes of media. */
  #uploaders: readonly Uploader[] = [];
  /** What the relay was last told of this device, as text. */
  #told: string | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** Between two reports while the relay can be reached. */
  #pause: number = pauses.reached;
  /** What waits here was not sent: the relay had said no to this device, or not yes yet. */
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | undefined;
  #closed = false;
  readonly #onOnline = (): void => void this.refresh();
  #unlisten: () => void = () => undefined;
  /** How often the network went. */
  #gone = 0;
  /** NW7: what the browser thinks of its network is a reason to look, never an answer. */
  readonly #onOffline = (): void => {
    this.#gone++;
    void this.refresh();
  };

  constructor(db: Database, relay: RelayClient, parts: ContactParts) {
    this.#db = db;
    this.#relay = relay;
    this.#parts = parts;
  }

  async start(): Promise<void> {
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    this.#unlisten = onWake(() => {
      void this.#again();
      this.#sendNow();
    });
    this.#uploaders = [sendsChanges(this.#db, this.#relay), sendsMedia(this.#db, this.#relay)].map(
      (sends) => new Uploader(sends, (heard) => this.#heard(heard))
    );
    if ((await readDevice(this.#db)).enrolment.is === 'enrolled') void this.refresh();
  }

  /** Calls whenever the relay tells something, until the answer is called. */
  listen(listener: (told: Told) => void): () => void {
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
    for (const uploader of this.#uploaders) await uploader.attempt();
  }

  /** Stores what the relay said of this device. */
  async apply(report: DeviceReport, asked: Asked = nothing): Promise<void> {
    const { today, credentials, credentialsGone: gone, drafts } = report;
    const accounts = await this.#db.transaction('rw', keyTables(this.#db), async () => {
      const before = await readDevice(this.#db);
      const letIn = report.accounts ?? accountsOn(before);
      const held = await reconcile(this.#db, letIn, { credentials, gone }, asked.arrived);
      const whole = held && (credentials && !gone ? true : before.credentialsTag === asked.tag);
      await this.#db.device.put(toldDevice(before, report, letIn, whole));
      return letIn;
    });
    if (drafts) await takeDrafts(this.#db, accounts, drafts, asked.parking);
    await forgetOld(this.#db, today);
    await this.#erase(report.erased);
    await this.#shutOut(report);
    const waits = report.device.tablet?.stage === 'waiting';
    const back = this.unknown || !this.online || this.#held;
    this.unknown = false;
    this.#held = waits;
    this.#pause = pauseOf(report);
    this.#set(true, true);
    if (back && !waits) this.#sendNow();
    void this.#tell(today);
  }

  /** Something has changed of what this device says of itself. */
  tellSoon(): void {
    if (!this.online || this.#closed) return;
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => void this.#tellStatus().catch(ignoreRelay), pauses.telling);
  }

  /** The relay knows nothing of this browser any more: it was emptied to become something else (TB11). */
  forget(): void {
    this.unknown = false;
    this.#held = true;
    this.#pause = pauses.reached;
    this.#told = undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#telling);
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    this.#unlisten();
    await Promise.all(this.#uploaders.map((uploader) => uploader.close()));
  }

  async #ask(): Promise<void> {
    const gone = this.#gone;
    try {
      const { credentialsTag: tag = '' } = await readDevice(this.#db);
      const asked = { tag, arrived: await arrivedKeys(this.#db), parking: await parking(this.#db) };
      const drafts = await draftsTag(await this.#db.drafts.toArray());
      const report = await this.#relay.device(tag, drafts);
      this.foreign = false;
      await this.apply(report, asked);
      // An answer that came before the network went, and was stored after, does not bring it back.
      if (gone !== this.#gone) await this.#ask();
    } catch (error) {
      if (!(error instanceof RelayError)) return exceptStorage(error);
      this.foreign = error.code === 'foreign';
      if (error.code === 'device-revoked') await this.#wipe();
      else if (error.code === 'not-enrolled') this.unknown = true;
      this.#set(!error.unreached && error.code !== 'relay-stopping');
    }
  }

  /** ER7: deletes what is left of erased accounts, and confirms it. */
  async #erase(accounts: readonly AccountId[]): Promise<void> {
    if (accounts.length === 0) return;
    await eraseAccounts(this.#db, accounts);
    this.#parts.lost({ is: 'erased', accounts });
    // Whoever cannot be told now is told at the next contact: the relay asks again.
    await this.#relay.confirmErased(accounts).catch(ignoreRelay);
  }

  /** SI13: whoever is let in on this personal device no longer is at work here no longer; what waits goes on waiting. */
  async #shutOut({ device, rooms }: DeviceReport): Promise<void> {
    if (device.kind !== 'personal') return;
    const held = (await this.#db.keys.toArray()).map(({ account }) => account);
    this.#parts.lost({ is: 'shut-out', held });
    if (device.ownerOut) await keepOnly(this.#db, rooms);
  }

  /** What this device has to say of itself: hands that went up without a network (HA2), how much waits (SP6). */
  async #tell(today: CalendarDate): Promise<void> {
    try {
      for (const { who } of await unsentHands(this.#db)) {
        await this.#relay.raiseHand(who);
        await handSent(this.#db, who);
      }
      await forgetOldHands(this.#db, today);
      await this.#tellStatus();
    } catch (error) {
      ignoreRelay(error);
    }
  }

  /** SP6: only what has changed since. */
  async #tellStatus(): Promise<void> {
    const { enrolment } = await readDevice(this.#db);
    if (enrolment.is !== 'enrolled' || enrolment.tablet?.stage === 'waiting') return;
    const status = await this.#parts.status();
    const text = JSON.stringify(status);
    if (text === this.#told) return;
    await this.#relay.tellStatus(status);
    this.#told = text;
  }

  #sendNow(): void {
    for (const uploader of this.#uploaders) uploader.now();
  }

  #heard(heard: Heard): void {
    if (heard === 'revoked') void this.#wipe().catch(exceptStorage);
    else if (heard === 'unreachable' || heard === 'foreign') {
      this.foreign = heard === 'foreign';
      this.#set(false);
    } else if (heard === 'sent' && this.online && !this.unknown) this.#say('sent');
    else void this.refresh();
  }

  async #wipe(): Promise<void> {
    await wipe(this.#db);
    this.#held = true;
    this.#pause = pauses.reached;
    this.#parts.lost({ is: 'revoked' });
  }

  #set(online: boolean, tell = this.online !== online): void {
    this.online = online;
    if (tell) this.#say('report');
    this.#schedule();
  }

  #say(told: Told): void {
    for (const listener of this.#listeners) listener(told);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const pause = this.online ? this.#pause : pauses.unreachable;
    this.#timer = setTimeout(() => void this.#again(), pause);
  }

  /** NW9: whatever becomes of this look, another one follows. */
  async #again(): Promise<void> {
    try {
      if ((await readDevice(this.#db)).enrolment.is === 'enrolled') return await this.refresh();
    } catch (error) {
      exceptStorage(error);
    } finally {
      this.#schedule();
    }
  }
}

/** What could not be said to the relay now is said at another contact; whatever else it was is our own mistake. */
function ignoreRelay(error: unknown): void {
  if (!(error instanceof RelayError)) exceptStorage(error);
}

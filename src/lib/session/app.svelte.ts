import { getContext, setContext } from 'svelte';
import type { AccountId, DeviceId, KeyId, SessionId } from '#lib/domain/ids.ts';
import type { DeviceStatus, TabletReport } from '#lib/protocol/tablets.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { Database, type CredentialRow, type DeviceRow } from '#lib/store/database.ts';
import { noteDay, noteDays, readDevice, today } from '#lib/store/device.ts';
import { Errand } from '#lib/store/errand.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import { Attempts } from './door/attempts.svelte.ts';
import { Contact, type Lost } from './device/contact.svelte.ts';
import { deviceStatus } from './device/device-status.ts';
import { Doors } from './door/doors.ts';
import { keepsTurn, whileKeyCounts, type EndReason } from './device/end-reason.ts';
import { EnrolTablet } from './door/enrol-tablet.ts';
import { leaseEnds, type LeaseEnd } from './device/lease-end.ts';
import { Lesson } from './door/lesson.svelte.ts';
import { endsMine, OtherTabs } from './device/other-tabs.ts';
import { peopleHere, type KnownAccount } from './device/people-here.ts';
import { raiseHand } from './door/raise-hand.ts';
import { asked, type Result } from './device/result.ts';
import { SessionKeeper, type Keeping } from './device/session-keeper.ts';
import { endIfShutOut } from './device/shut-out.ts';
import { signIn, signInWithPictures, type SignedIn } from './door/sign-in.ts';
import { StorageCare } from './device/storage-care.svelte.ts';
import type { Session, Tab } from './device/tab.ts';
import { Turn } from './door/turn.svelte.ts';

const key = Symbol('app');

/** Puts the app where every screen finds it. */
export function setApp(app: App): App {
  return setContext(key, app);
}

/** The app of this tab. */
export function getApp(): App {
  return getContext<App>(key);
}

/**
 * What every screen needs before anybody is signed in: the device, the doors in, the contact with the relay. Loads no
 * Yjs. One per tab; whatever is of a person lives in `session` and ends with it.
 */
export class App implements Tab {
  readonly db: Database;
  readonly relay: RelayClient;
  readonly contact: Contact;
  /** Founding, invitations, recovery. */
  readonly doors = new Doors(this);
  readonly attempts: Attempts;
  readonly lesson: Lesson;
  readonly turn: Turn;
  readonly care: StorageCare;
  readonly #starting = new Errand(() => this.#start());
  readonly enrolTablet = new EnrolTablet(this);
  readonly #keeper: SessionKeeper;
  readonly #device: LiveQuery<DeviceRow | undefined>;
  readonly #keys: LiveQuery<CredentialRow[]>;
  readonly #status: LiveQuery<DeviceStatus>;
  readonly #tabs: OtherTabs;
  readonly #days: ReturnType<typeof setInterval>;
  readonly #atEnd = new Set<() => Promise<void>>();
  readonly #version: string;
  #ending: Promise<void> | undefined;
  #restored = $state(false);
  #session: Session | undefined = $state.raw();
  /** The session was begun by signing in just now, not by a reload: it counts as an access (SE5). */
  fresh = false;
  /** Why the last session ended. */
  ended: EndReason | undefined = $state();

  constructor(version = '', db = new Database(), relay = new RelayClient()) {
    this.#version = version;
    this.db = db;
    this.relay = relay;
    this.#keeper = new SessionKeeper(db);
    this.#device = new LiveQuery(() => db.device.get('device'), undefined);
    this.#keys = new LiveQuery(() => db.keys.toArray(), []);
    this.care = new StorageCare(db);
    this.attempts = new Attempts(this);
    this.lesson = new Lesson(this);
    this.turn = new Turn(this);
    this.contact = new Contact(db, relay, {
      lost: (lost) => this.#lost(lost),
      status: () => this.#ownStatus()
    });
    this.#status = new LiveQuery(
      () => this.#ownStatus(),
      { waiting: 0, files: 0, drafts: 0, refused: 0, app: version },
      () => this.contact.tellSoon(),
      { rests: true }
    );
    this.#tabs = new OtherTabs((told) => {
      if (endsMine(told, this.#session?.id, this.classroom)) void this.signOut('other-tab');
    });
    this.#days = noteDays(db);
  }

  /** Reads what is stored and goes on where this tab was; again and again where the storage fails (NW11). */
  start(): Promise<void> {
    this.care.watch.start();
    return this.#starting.start();
  }

  async #start(): Promise<void> {
    await readDevice(this.db);
    await noteDay(this.db);
    await this.reread();
    // The door is shown as it stays: with the class that is open, and with whoever has to wait.
    await Promise.all([this.lesson.read, this.attempts.read]);
    this.#session = await this.#keeper.restore(this.#keeping);
    this.#restored = true;
    this.lesson.look();
    this.care.start();
    await this.contact.start();
  }

  /** Device and session have been read. */
  get ready(): boolean {
    return this.#restored && this.#device.current !== undefined;
  }

  /** The device as the store knows it; only once ready. */
  get deviceRow(): DeviceRow {
    if (!this.#device.current) throw new Error('the device was asked for before it was read');
    return this.#device.current;
  }

  get device(): DeviceRow['enrolment'] {
    return this.#device.current?.enrolment ?? { is: 'new' };
  }

  /** This is a classroom tablet, also while it waits for a yes. */
  get classroom(): boolean {
    return this.device.is === 'enrolled' && this.device.kind === 'classroom';
  }

  /** What this classroom tablet was told of itself. */
  get tablet(): TabletReport | undefined {
    return this.device.is === 'enrolled' ? this.device.tablet : undefined;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Whether the relay can be reached, as far as known. */
  get online(): boolean {
    return this.contact.online;
  }

  /** The sealed keys that lie here. */
  get keys(): readonly CredentialRow[] {
    return this.#keys.current;
  }

  /** Who can sign in here without a network. */
  readonly known: readonly KnownAccount[] = $derived.by(() =>
    peopleHere(this.#keys.current, this.#device.current ?? {})
  );

  /** SE4: until when anybody can sign in here without the relay; undefined where nobody can anyway. */
  get leaseEnds(): LeaseEnd | undefined {
    const { lease } = this.#device.current ?? {};
    return lease && this.known.length > 0 ? leaseEnds(lease, this.today()) : undefined;
  }

  /** SP6: what lies on this device, as it tells the relay. */
  get status(): DeviceStatus {
    return this.#status.current;
  }

  /**
   * Opens the account's key with the password: on this device if it is held here, else with the relay (SE2, SE3).
   *
   * @param pick which of several accounts is meant, after `choose`
   */
  signIn(username: string, password: string, pick?: AccountId): Promise<Result<SignedIn>> {
    return this.#enter(() => signIn(this, username, password, pick));
  }

  /** KE11: the same with four pictures, for a pupil whose sealed key lies here. */
  signInWithPictures(account: AccountId, pictures: readonly string[]): Promise<Result<SignedIn>> {
    return this.#enter(() => signInWithPictures(this, account, pictures));
  }

  /** Ends the session: its key is forgotten, what waits goes on waiting (SE1). */
  signOut(why: EndReason = 'left'): Promise<void> {
    this.#ending ??= this.#end(why).finally(() => (this.#ending = undefined));
    return this.#ending;
  }

  /** LK2: the tablet goes to somebody else: what was begun is kept for whoever had it, and it is nobody's turn. */
  async handOver(): Promise<void> {
    if (this.#session) return this.signOut();
    this.#tabs.tell({ is: 'ended' });
    await this.turn.clear();
  }

  /** Done before a session ends whose key still counts, until the answer is called. */
  beforeEnd(run: () => Promise<void>): () => void {
    this.#atEnd.add(run);
    return () => this.#atEnd.delete(run);
  }

  /** HA1, HA2: a pupil says that the password is forgotten: kept here, and sent at once or at the next contact. */
  raiseHand(who: string, display: string): Promise<'sent' | 'kept'> {
    return raiseHand(this, who, display);
  }

  /** Begins a session with an opened key. */
  async begin(session: Omit<Session, 'id'>): Promise<Session> {
    if (this.#session) await this.signOut();
    const begun: Session = { ...session, id: crypto.randomUUID() as SessionId };
    await noteDay(this.db);
    await this.#keeper.begin(begun, this.#keeping);
    await this.turn.begin(begun);
    await Promise.all([this.#device.refresh(), this.#keys.refresh()]);
    this.fresh = true;
    this.ended = undefined;
    this.#session = begun;
    this.#tabs.tell({ is: 'began', session: begun.id });
    void this.care.look().catch(exceptStorage);
    return begun;
  }

  /** MY3: the same session goes on with another key of the same person, who has chosen another password. */
  async goOnWith(key: KeyId, signing: CryptoKey): Promise<void> {
    if (!this.#session) return;
    this.#session = { ...this.#session, key, signing };
    await this.#keeper.begin(this.#session, this.#keeping);
    await this.#keys.refresh();
  }

  /** Gives this device another id: the relay has the old one under another cookie. */
  async renewDevice(): Promise<void> {
    await this.db.device.update('device', { id: crypto.randomUUID() as DeviceId });
    await this.#device.refresh();
  }

  /** What is stored of the device was changed at once as a whole. */
  async reread(): Promise<void> {
    await Promise.all([this.#device, this.#keys, this.turn].map((query) => query.refresh()));
  }

  /** The day here (SE4). */
  today(): ReturnType<typeof today> {
    return today(this.deviceRow);
  }

  async close(): Promise<void> {
    clearInterval(this.#days);
    for (const part of [this.#keeper, this.#starting]) void part.close();
    await this.contact.close();
    const { attempts, turn, care, lesson, db } = this;
    for (const part of [this.#device, this.#keys, this.#status, attempts, turn, care, this.#tabs])
      part.close();
    lesson.end();
    db.close();
  }

  get #keeping(): Keeping {
    return this.classroom ? 'page' : 'tab';
  }

  #ownStatus(): Promise<DeviceStatus> {
    return deviceStatus(this.db, this.#version, this.care.usage?.free);
  }

  #enter(ask: () => Promise<Result<SignedIn>>): Promise<Result<SignedIn>> {
    const attempt = async (): Promise<Result<SignedIn>> => {
      const answer = await ask();
      if (answer.ok && answer.value.is === 'in') await this.begin(answer.value.session);
      return answer;
    };
    return asked(() => this.care.kept(attempt));
  }

  async #end(why: EndReason): Promise<void> {
    const session = this.#session;
    try {
      if (session && whileKeyCounts.has(why)) await Promise.all([...this.#atEnd].map((run) => run()));
    } finally {
      // First of all: the door that comes into view asks nobody who has finished whether they go on.
      const noTurn = keepsTurn.has(why) ? undefined : this.turn.clear();
      this.ended = why;
      this.#session = undefined;
      if (session && why !== 'other-tab') this.#tabs.tell({ is: 'ended', session: session.id });
      await Promise.all([noTurn, session && this.#keeper.end(session.id)]);
    }
  }

  #lost(lost: Lost): void {
    const { session } = this;
    if (lost.is === 'revoked') void this.signOut('revoked');
    else if (lost.is === 'shut-out') void endIfShutOut(this, lost.held);
    else if (session && lost.accounts.includes(session.account)) void this.signOut('erased');
  }
}

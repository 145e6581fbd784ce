import { getContext, setContext } from 'svelte';
import type { AccountId, DeviceId, KeyId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import { RelayClient, RelayError } from '#lib/sync/relay-client.ts';
import { Database, type CredentialRow, type DeviceRow, type SessionRow } from '#lib/store/database.ts';
import { readDevice, today } from '#lib/store/device.ts';
import { handSent, keepHand } from '#lib/store/hands.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import type { LookAnswer } from '#lib/protocol/messages.ts';
import { Contact, type Lost } from './contact.svelte.ts';
import type { Attempt, Entered, NewPerson } from './enter.ts';
import { proposeUsername, type Proposal } from './propose-username.ts';
import { done, problemOf, type Result } from './result.ts';
import { SessionKeeper } from './session-keeper.ts';
import { signIn, type SignedIn } from './sign-in.ts';

/** Somebody at work in this tab. */
export type Session = SessionRow;

/** Why a session ended; the sign-in screen may say so. */
export type EndReason = 'left' | 'idle' | 'key-changed' | 'key-refused' | 'revoked' | 'erased';

/** An account that can sign in on this device without a network. */
export interface KnownAccount {
  readonly account: AccountId;
  readonly display: string;
  readonly username: string;
}

/** Loaded when somebody makes an account or chooses a new password: a sign-in screen needs neither. */
const entering = () => import('./enter.ts');
const joining = () => import('./join.ts');
const recovering = () => import('./recover.ts');

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
export class App {
  readonly db: Database;
  readonly relay: RelayClient;
  readonly contact: Contact;
  readonly #keeper: SessionKeeper;
  readonly #device: LiveQuery<DeviceRow | undefined>;
  readonly #credentials: LiveQuery<CredentialRow[]>;
  #restored = $state(false);
  #session: Session | undefined = $state.raw();
  /** The session was begun by signing in just now, not by a reload: it counts as an access (SE5). */
  fresh = false;
  /** What was last sent with a link, until its answer has come. */
  attempt: Attempt | undefined;
  /** Why the last session ended. */
  ended: EndReason | undefined = $state();

  constructor(db = new Database(), relay = new RelayClient()) {
    this.db = db;
    this.relay = relay;
    this.#keeper = new SessionKeeper(db);
    this.#device = new LiveQuery(() => db.device.get('device'), undefined);
    this.#credentials = new LiveQuery(() => db.credentials.toArray(), []);
    this.contact = new Contact(db, relay, (lost) => this.#lost(lost));
  }

  /** Reads what is stored and goes on where this tab was. */
  async start(): Promise<void> {
    await readDevice(this.db);
    await this.#device.refresh();
    await this.#credentials.refresh();
    this.#session = await this.#keeper.restore();
    this.#restored = true;
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

  get session(): Session | undefined {
    return this.#session;
  }

  /** Whether the relay can be reached, as far as known. */
  get online(): boolean {
    return this.contact.online;
  }

  /** Who can sign in here without a network. */
  get known(): readonly KnownAccount[] {
    return this.#credentials.current.map(({ account, display, username }) => ({
      account,
      display,
      username
    }));
  }

  /**
   * Opens the account's key with the password: on this device if it is held here, else with the relay (SE2, SE3).
   *
   * @param pick which of several accounts is meant, after `choose`
   */
  async signIn(username: string, password: string, pick?: AccountId): Promise<Result<SignedIn>> {
    const answer = await this.#asked(() => signIn(this, username, password, pick));
    if (answer.ok && answer.value.is === 'in') await this.begin(answer.value.session);
    return answer;
  }

  /** Ends the session: its key is forgotten, what waits goes on waiting (SE1). */
  async signOut(why: EndReason = 'left'): Promise<void> {
    const session = this.#session;
    this.ended = why;
    this.#session = undefined;
    if (session) await this.#keeper.end(session.id);
  }

  /** HA1, HA2: a pupil says that the password is forgotten: kept here, and sent at once or at the next contact. */
  async raiseHand(who: string, display: string): Promise<'sent' | 'kept'> {
    await keepHand(this.db, who, display, this.today());
    try {
      await this.relay.raiseHand(who);
      await handSent(this.db, who);
      return 'sent';
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      return 'kept';
    }
  }

  lookAtLink(secret: string): Promise<Result<LookAnswer>> {
    return this.#asked(async () => done(await this.relay.look(secret)));
  }

  /** A username for somebody who has no account yet; the relay confirms it when the account is made. */
  proposeUsername(given: string, family: string): Promise<Result<Proposal>> {
    // The relay tells the next free number to staff alone: a new device has nobody to ask for.
    const relay = this.device.is === 'enrolled' ? this.relay : undefined;
    return this.#asked(() => proposeUsername(given, family, () => false, relay));
  }

  /** SP1: founds a TwinSpace, makes the administrator's account, and signs in. */
  async foundSpace(secret: string, person: NewPerson, spaceName: string): Promise<Result<Entered>> {
    return this.#asked(async () =>
      (await entering()).enter(this, secret, person, { is: 'found', name: spaceName })
    );
  }

  /** IN3: makes the account of an invited teacher, and signs in. */
  async acceptInvitation(
    secret: string,
    look: Extract<LookAnswer, { is: 'invitation' }>,
    person: NewPerson
  ): Promise<Result<Entered & { readonly space: SpaceId }>> {
    const { space, invitation } = look;
    const way = { is: 'accept', space, invitation } as const;
    const entered = await this.#asked(async () => (await entering()).enter(this, secret, person, way));
    return entered.ok ? done({ ...entered.value, space }) : entered;
  }

  /** LI6: the person who is signed in accepts an invitation with the account they have. */
  async joinWithAccount(
    secret: string,
    look: Extract<LookAnswer, { is: 'invitation' }>,
    display: string
  ): Promise<Result<{ readonly space: SpaceId }>> {
    return this.#asked(async () => (await joining()).join(this, secret, look, display));
  }

  /** KE8: chooses a new password with a link from the technician, and signs in. */
  recoverByLink(
    secret: string,
    look: Extract<LookAnswer, { is: 'recovery' }>,
    password: string
  ): Promise<Result<{ readonly recoveryCode: string }>> {
    return this.#asked(async () => (await recovering()).recoverByLink(this, secret, look, password));
  }

  /** Chooses a new password with the recovery code that was printed, and signs in. Needs the network. */
  recoverByCode(
    username: string,
    code: string,
    password: string
  ): Promise<Result<{ readonly recoveryCode: string }>> {
    return this.#asked(async () => (await recovering()).recoverByCode(this, username, code, password));
  }

  /** Begins a session with an opened key. */
  async begin(session: Omit<Session, 'id'>): Promise<Session> {
    if (this.#session) await this.signOut();
    const begun: Session = { ...session, id: crypto.randomUUID() as SessionId };
    await this.#keeper.begin(begun);
    await this.#device.refresh();
    await this.#credentials.refresh();
    this.fresh = true;
    this.ended = undefined;
    this.#session = begun;
    return begun;
  }

  /** MY3: the same session goes on with another key of the same person, who has chosen another password. */
  async goOnWith(key: KeyId, signing: CryptoKey): Promise<void> {
    if (!this.#session) return;
    const session: Session = { ...this.#session, key, signing };
    this.#session = session;
    await this.#keeper.begin(session);
    await this.#credentials.refresh();
  }

  /** Gives this device another id: the relay has the old one under another cookie. */
  async renewDevice(): Promise<void> {
    await this.db.device.update('device', { id: crypto.randomUUID() as DeviceId });
    await this.#device.refresh();
  }

  /** The day here (SE4). */
  today(): ReturnType<typeof today> {
    return today(this.deviceRow);
  }

  async close(): Promise<void> {
    await this.contact.close();
    this.#device.close();
    this.#credentials.close();
    this.db.close();
  }

  #lost(lost: Lost): void {
    const { session } = this;
    if (lost.is === 'revoked') void this.signOut('revoked');
    else if (session && lost.accounts.includes(session.account)) void this.signOut('erased');
  }

  async #asked<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await ask();
    } catch (error) {
      return problemOf(error);
    }
  }
}

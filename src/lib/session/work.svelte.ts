import { getContext, setContext } from 'svelte';
import { namesIn } from '#lib/domain/called-apart.ts';
import type { Behalf } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device, Standing } from '#lib/domain/device.ts';
import type { AccountId, ChangeId, SpaceId } from '#lib/domain/ids.ts';
import { activeMember, emptySpace, settingsOf, type SpaceState } from '#lib/domain/state.ts';
import type { FoundPupil } from '#lib/protocol/messages.ts';
import type { HandRow, OutboxRow } from '#lib/store/database.ts';
import { rememberAdult } from '#lib/store/device.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import { keepPreference } from '#lib/store/preferences.ts';
import { AccessDays } from './me/access-days.ts';
import type { App } from './app.svelte.ts';
import { Desk } from './desk/desk.svelte.ts';
import { Drafts } from './desk/drafts.svelte.ts';
import { UnsentWords } from './desk/unsent-words.svelte.ts';
import { FollowedDocuments } from './work/followed-documents.svelte.ts';
import { IdleLock } from './work/idle-lock.ts';
import type { Result } from './device/result.ts';
import { shownOf, standingOf } from './work/own-standing.ts';
import { MediaHere } from './media/media-here.svelte.ts';
import { Pages } from './pages/pages.svelte.ts';
import { SpaceView } from './space/space-view.svelte.ts';
import { submitMany } from './work/submit.ts';
import type { Bench } from './work/bench.ts';
import { LastingView } from './work/lasting-view.ts';
import type { View } from './work/view.ts';
import type { Brought, Wish } from './work/wish.ts';
import type { Session } from './device/tab.ts';
import { thisDevice } from './device/this-device.ts';
import { whyEnded } from './device/why-ended.ts';

const key = Symbol('work');

export function setWork(work: Work): Work {
  return setContext(key, work);
}

/** The work of the signed-in person. */
export function getWork(): Work {
  return getContext<Work>(key);
}

/**
 * A signed-in person's work on this device: the documents followed, what waits, the view of both, and the verbs. Owns
 * its sockets, queries and timers, and ends them when it is closed (SE1).
 */
export class Work implements Bench {
  readonly app: App;
  readonly #opened: Session;
  readonly #documents: FollowedDocuments;
  readonly outbox: LiveQuery<OutboxRow[]>;
  /** HA2: hands that were raised on this device. */
  readonly hands: LiveQuery<HandRow[]>;
  /** What waits, what arrived, what was refused. */
  readonly desk: Desk;
  /** LK4: texts that the person has begun. */
  readonly drafts: Drafts;
  /** CO11: words that the person has begun to say. */
  readonly unsent: UnsentWords;
  /** What is open and written in pages. */
  readonly pages: Pages;
  /** The bytes of media on this device. */
  readonly media: MediaHere;
  /** Keeps the view from change to change. */
  readonly lasting = new LastingView();
  readonly #views = new Map<SpaceId, SpaceView>();
  readonly #idle: IdleLock;
  #standingSeen: string | undefined;
  /** Only in a session that was begun by signing in, not by a reload. */
  #accessDays: AccessDays | undefined;
  #closed = false;

  private constructor(app: App, session: Session) {
    this.app = app;
    this.#opened = session;
    const { db } = app;
    const changed = (): void => {
      this.desk.note(this.outbox.current);
      this.#documents.settle();
      this.pages.note(this.outbox.current);
    };
    this.outbox = new LiveQuery(() => db.outbox.orderBy('seq').toArray(), [], changed, { rests: true });
    this.hands = new LiveQuery(() => db.hands.toArray(), []);
    this.desk = new Desk(this);
    this.drafts = new Drafts(this);
    this.unsent = new UnsentWords(this);
    this.#documents = new FollowedDocuments(app, {
      changed: () => this.#confirmed(),
      reached: () => this.#checkKey()
    });
    this.pages = new Pages(this, this.#documents);
    this.media = new MediaHere(this, this.pages);
    this.#idle = new IdleLock(
      () => this.lockMinutes,
      () => void app.signOut('idle')
    );
  }

  /** Opens the work of the person who is signed in: resolves when the stored documents are in view. */
  static async open(app: App): Promise<Work> {
    if (!app.session) throw new Error('nobody is signed in');
    const work = new Work(app, app.session);
    await work.#documents.follow();
    await work.outbox.first;
    await work.hands.first;
    await work.drafts.first;
    await work.unsent.first;
    await work.#documents.open();
    await work.pages.begin();
    if (app.fresh) work.#accessDays = new AccessDays(work);
    app.fresh = false;
    await work.#accessDays?.look();
    return work;
  }

  /** Whose work this is; with another key once they have chosen another password (MY3). */
  get session(): Session {
    const { session } = this.app;
    return session?.id === this.#opened.id ? session : this.#opened;
  }

  /** VI1: what the person sees: confirmed documents and, over them, what waits here. */
  readonly view: View = $derived.by(() =>
    this.lasting.of(this.#documents.version, {
      confirmed: this.#documents.spaces,
      directory: this.#documents.directory,
      outbox: this.outbox.current,
      device: this.device,
      now: this.today,
      contained: (row) => this.#documents.contain(row)
    })
  );

  /** Of the TwinSpaces that were asked for since the view changed. */
  readonly #names = $derived.by(() => {
    void this.view;
    return new Map<SpaceId, ReadonlyMap<string, string>>();
  });

  /** The TwinSpaces of the person, by name. */
  readonly spaces: readonly SpaceView[] = $derived.by(() => {
    const mine = [...this.view.spaces.values()].filter((state) => activeMember(state, this.session.account));
    const views = mine.map((state) => this.#viewOf(state.id));
    return views.sort((a, b) => a.name.localeCompare(b.name));
  });

  /** The TwinSpace of that id, if it is one of the person's. */
  space(id: string): SpaceView | undefined {
    return this.spaces.find((space) => space.id === id);
  }

  stateOf(id: SpaceId): SpaceState {
    return this.view.spaces.get(id) ?? emptySpace(id);
  }

  nameOf(id: SpaceId, account: string): string {
    const known = this.#names;
    const names = known.get(id) ?? namesIn(this.stateOf(id));
    known.set(id, names);
    return names.get(account) ?? '';
  }

  isConfirmed(id: SpaceId): boolean {
    return this.#documents.has(id);
  }

  /** NW10: the network lets no sockets pass: what others do comes later. */
  get heldBack(): boolean {
    return this.#documents.heldBack;
  }

  /** NW10: something of every TwinSpace that this device follows has been read. */
  get read(): boolean {
    return this.#documents.read;
  }

  get me(): { readonly account: AccountId; readonly display: string; readonly username: string } {
    return shownOf(this.session, this.view);
  }

  get today(): CalendarDate {
    return this.app.today();
  }

  /** This device as the rules see it. */
  get device(): Device {
    return thisDevice(this.app.deviceRow, this.app.known);
  }

  /** Who acts here, with which key. */
  get standing(): Standing {
    return { account: this.session.account, key: this.session.key, devices: [this.device] };
  }

  /** Minutes without a touch until the session ends: the shortest that one of the person's TwinSpaces asks for. */
  get lockMinutes(): number {
    return Math.min(...this.spaces.map((space) => settingsOf(space.state).idleLockMinutes), 60);
  }

  /**
   * OB1: judges a command with the rules that the relay will apply, signs it, and keeps it safely on this device.
   * Resolves when it is stored and in view.
   */
  async submit<Name extends CommandName>(
    space: SpaceId,
    name: Name,
    args: CommandArgs[Name],
    brought?: Brought,
    behalf?: Behalf
  ): Promise<Result<ChangeId>> {
    const [answer] = await submitMany(this, space, [{ name, args, brought, behalf } as Wish]);
    if (!answer) throw new Error('a wish was not answered');
    return answer;
  }

  /** The same for many commands in one TwinSpace, in one transaction and with one look at the view. */
  submitMany(space: SpaceId, wishes: readonly Wish[]): Promise<readonly Result<ChangeId>[]> {
    return submitMany(this, space, wishes);
  }

  /** JO8: keeps what the relay told of a pupil whom somebody found here, for the rules to judge by. */
  async learn(found: FoundPupil): Promise<void> {
    await this.app.db.found.put({ ...found, on: this.today });
    this.#documents.learn(found);
  }

  /** SE7: what somebody asked for still goes on: the device does not lock in the middle of it. */
  stillAtWork(): void {
    this.#idle.touch();
  }

  /** Remembers the language for this person on this device. */
  async setLocale(locale: string): Promise<void> {
    await keepPreference(this.app.db, this.session.account, () => ({ locale }));
  }

  /** The session has ended: nothing more is done in its name. */
  get closed(): boolean {
    return this.#closed;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#idle.close();
    await this.pages.end();
    await this.media.close();
    await this.#documents.close();
    for (const part of [this.outbox, this.hands, this.desk, this.drafts, this.unsent]) part.close();
  }

  #viewOf(id: SpaceId): SpaceView {
    const known = this.#views.get(id);
    if (known) return known;
    const made = new SpaceView(this, id);
    this.#views.set(id, made);
    return made;
  }

  #confirmed(): void {
    // What this device may follow depends on who its people are here: ask again when that has changed (SY4).
    const standing = standingOf(this.session.account, this.#documents.spaces);
    if (this.#standingSeen !== undefined && this.#standingSeen !== standing) void this.app.contact.refresh();
    this.#standingSeen = standing;
    this.pages.look();
    this.media.look();
    this.#checkKey();
    void this.#accessDays?.look().catch(exceptStorage);
  }

  /** SE6, MY8: ends the session when its key counts no more. */
  #checkKey(): void {
    const { session } = this.app;
    if (session?.id !== this.#opened.id) return;
    const why = whyEnded(session, this.#documents.directory, this.desk.refusedCommands);
    if (why) void this.app.signOut(why);
    const self = this.#documents.directory.public(session.account)?.custody.kind === 'self';
    if (self && !this.app.deviceRow.adults?.includes(session.account))
      void rememberAdult(this.app.db, session.account);
  }
}

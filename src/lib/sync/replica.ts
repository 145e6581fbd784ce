import type { AccountId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import { isPermitted, movedTo, pageIn, pageOfDocument, pagesIn } from '#lib/domain/pages.ts';
import type { Page } from '#lib/domain/records.ts';
import { emptySpace, type Member, type SpaceState } from '#lib/domain/state.ts';
import type { FoundPupil } from '#lib/protocol/messages.ts';
import { isSpaceDocument, type SpaceDocument } from '#lib/domain/may-read.ts';
import { pageRoom, parseRoom, type Room } from '#lib/protocol/rooms.ts';
import type { Database, OutboxRow } from '#lib/store/database.ts';
import { dropDocument, heldRecordsRooms } from '#lib/store/documents.ts';
import type { FollowedPage } from './followed-page.ts';
import { Follower, type Ended, type FollowerEvents, type RelaySide } from './follower.ts';
import { FollowedDocument, type Written } from './space-document.ts';
import { Texts } from './texts.ts';

/** What a replica tells: documents have changed, are stored, a follower ended, how many sockets are open. */
export interface ReplicaEvents {
  readonly changed: () => void;
  readonly stored: () => void;
  readonly ended: (why: Ended) => void;
  readonly connected: (any: boolean) => void;
  /** NW10: any document has to come by HTTP. */
  readonly held: (any: boolean) => void;
  /** Whose keys this device has: what is for them may be read here (RD4). */
  readonly accounts: () => readonly AccountId[];
}

/** A room of records. */
interface RecordsRoom extends Room {
  readonly document: SpaceDocument;
}

/** A followed document of records. */
interface Records {
  readonly room: RecordsRoom;
  readonly follower: Follower<FollowedDocument>;
}

/**
 * The confirmed half of what a tablet knows: every document that this device follows, and the directory as far as
 * those documents tell it (AC4). One per tab; owns its sockets and ends them (SY3).
 */
export class Replica {
  readonly directory = new KnownDirectory();
  readonly #db: Database;
  readonly #from: RelaySide;
  readonly #events: ReplicaEvents;
  readonly #records = new Map<string, Records>();
  readonly #texts: Texts;
  readonly #online = new Set<string>();
  readonly #held = new Set<string>();
  #connect = false;
  #telling = false;
  /** As they were told last; undefined: something has been written since, or is followed or not any more. */
  #spaces: ReadonlyMap<SpaceId, SpaceState> | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(db: Database, from: RelaySide, events: ReplicaEvents) {
    this.#db = db;
    this.#from = from;
    this.#events = events;
    this.#texts = new Texts(db, from, {
      stored: events.stored,
      told: (room) => this.#told(room),
      isOnline: (room) => this.#online.has(room),
      isReadable: (room) => this.#isReadable(room)
    });
  }

  /**
   * Follows exactly these rooms: loads what is new, drops what is no longer there (SY4). One call after the other; one
   * that failed stops none of those that come later (NW9).
   */
  follow(rooms: readonly string[]): Promise<void> {
    const mine = this.#turn.then(() => this.#follow(rooms));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** JO8: what the relay told of a pupil of whom no document here tells. Documents that do count more. */
  learn({ account, username, school, home, custodian }: FoundPupil): void {
    if (this.directory.public(account)) return;
    const custody = { kind: 'home', custodian } as const;
    const value = { keys: [], custody, home };
    this.directory.put({ doc: 'directory', map: 'public', key: account, value });
    const names = { username, school, given: '', family: '' };
    this.directory.put({ doc: 'directory', map: 'private', key: account, value: names });
    this.#events.changed();
  }

  /** Opens the sockets, of rooms followed later too; or closes them as when the network is gone. */
  connect(on: boolean): void {
    this.#connect = on;
    for (const follower of this.#followers()) {
      if (on) follower.connect();
      else follower.disconnect();
    }
    this.#texts.reach(on);
    if (!on) this.#online.clear();
    this.#events.connected(this.#online.size > 0);
  }

  /** NW10: asks now for whatever no socket brings. */
  pull(): void {
    for (const follower of this.#followers()) follower.pull();
  }

  /** NW10: of everything that is followed something has been read; true where nothing is followed. */
  get read(): boolean {
    return [...this.#records.values()].every(({ follower }) => follower.document.version > 0);
  }

  /** The TwinSpaces of which anything is followed, as the relay last told them. */
  get spaces(): ReadonlyMap<SpaceId, SpaceState> {
    this.#spaces ??= this.#states();
    return this.#spaces;
  }

  #states(): ReadonlyMap<SpaceId, SpaceState> {
    const spaces = new Map<SpaceId, SpaceState>();
    for (const { room, follower } of this.#records.values()) {
      const state = spaces.get(room.space) ?? emptySpace(room.space);
      const maps = { ...state[room.document], ...Object.fromEntries(follower.document.maps) };
      spaces.set(room.space, { ...state, [room.document]: maps });
    }
    return spaces;
  }

  /** LK6: whether anything of the TwinSpace is stored here, and nothing that is followed is still missing. */
  holds(space: SpaceId): boolean {
    const followed = [...this.#records.values()].filter(({ room }) => room.space === space);
    return followed.length > 0 && followed.every(({ follower }) => follower.storedVersion > 0);
  }

  /** OB4: whether every document of the TwinSpace that is followed here has reached this version, and is stored. */
  contains(space: SpaceId, version: number, stored = false): boolean {
    for (const { room, follower } of this.#records.values()) {
      const has = stored ? follower.storedVersion : follower.document.version;
      if (room.space === space && has < version) return false;
    }
    return true;
  }

  /** OB4: whether an accepted edit stands in the page as it is stored here (`Texts.contains`). */
  containsEdit({ space, page }: Pick<OutboxRow, 'space'> & { readonly page: PageId }, update: Uint8Array) {
    return this.#texts.contains(pageRoom(space, page), update);
  }

  /** WR2: follows a page while it is open; what is stored of it is there at once. */
  openPage(room: string): Promise<Follower<FollowedPage>> {
    return this.#texts.open(room, this.#connect);
  }

  async closePage(room: string): Promise<void> {
    this.#online.delete(room);
    await this.#texts.close(room);
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#texts.end();
    await Promise.all([...this.#records.values()].map(({ follower }) => follower.close()));
    this.#records.clear();
    this.#spaces = undefined;
  }

  #followers(): readonly Follower[] {
    return [...[...this.#records.values()].map(({ follower }) => follower), ...this.#texts.followers];
  }

  /** The rooms of the pages that this device may read, and how far they have moved. */
  #readable(): ReadonlyMap<string, number> {
    const rooms = new Map<string, number>();
    const accounts = this.#events.accounts();
    for (const state of this.spaces.values()) {
      for (const [id, page] of pagesIn(state))
        if (this.#mayRead(state, page, accounts)) rooms.set(pageRoom(state.id, id), movedTo(state, id));
    }
    return rooms;
  }

  #isReadable(name: string): boolean {
    const room = parseRoom(name);
    const state = room && this.spaces.get(room.space);
    const id = room && pageOfDocument(room.document);
    const page = state && id && pageIn(state, id);
    return page ? this.#mayRead(state, page, this.#events.accounts()) : false;
  }

  /** RD4, as far as it can be told here. */
  #mayRead(state: SpaceState, page: Page, accounts: readonly AccountId[]): boolean {
    for (const { room } of this.#records.values())
      if (room.space === state.id && room.document === 'staff') return true;
    const writes = (): boolean => accounts.some((account) => isPermitted(state, page, account));
    return !page.trashed && (!page.draft || writes());
  }

  async #follow(rooms: readonly string[]): Promise<void> {
    for (const [name, { follower }] of this.#records) {
      if (rooms.includes(name)) continue;
      this.#records.delete(name);
      this.#spaces = undefined;
      await follower.close();
    }
    for (const held of await heldRecordsRooms(this.#db)) {
      if (!rooms.includes(held)) await dropDocument(this.#db, held);
    }
    await Promise.all(rooms.filter((name) => !this.#records.has(name)).map((name) => this.#open(name)));
    this.#changed();
  }

  /** Of a document that nothing has come of yet nobody can say which pages it has. */
  #changed(): void {
    if (this.read) this.#texts.want(this.#readable());
    this.#events.changed();
  }

  async #open(name: string): Promise<void> {
    const parsed = parseRoom(name);
    if (!parsed || !isSpaceDocument(parsed.document)) return;
    const room = { ...parsed, document: parsed.document };
    const make = (updates: readonly Uint8Array[]): FollowedDocument =>
      new FollowedDocument(room.document, updates);
    const follower = await Follower.open(this.#db, name, this.#from, this.#told(name), make);
    this.#records.set(name, { room, follower });
    this.#spaces = undefined;
    const { document } = follower;
    for (const [map, records] of document.maps) {
      for (const [key, value] of records) this.#learn(room.space, room.document, { map, key, value });
    }
    document.listen((written) => {
      this.#spaces = undefined;
      for (const record of written) this.#learn(room.space, room.document, record);
      this.#tell();
    });
    if (this.#connect) follower.connect();
  }

  #told(name: string): FollowerEvents {
    return {
      ended: this.#events.ended,
      stored: this.#events.stored,
      held: (is) => {
        if (is) this.#held.add(name);
        else this.#held.delete(name);
        this.#events.held(this.#held.size > 0);
      },
      connected: (is) => {
        if (is) this.#online.add(name);
        else this.#online.delete(name);
        this.#events.connected(this.#online.size > 0);
      }
    };
  }

  /** ER6: of an erased account nothing is left here but that it was erased. */
  #learnErased({ key, value }: Written): void {
    const status = (value as Member | null)?.status;
    if (status?.is !== 'erased') return;
    this.directory.put({ doc: 'directory', map: 'erased', key, value: status.on });
    for (const map of ['public', 'private'] as const)
      this.directory.put({ doc: 'directory', map, key, value: null });
  }

  /** One update writes several maps: told once, when all of them are written. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#changed();
    });
  }

  /** What a record about a person tells the directory. */
  #learn(space: SpaceId, document: SpaceDocument, written: Written): void {
    const { map: name } = written;
    if (document === 'staff' && name === 'erasures')
      this.directory.put({ doc: 'directory', ...written } as DirectoryPut);
    if (document === 'members' && name === 'members') this.#learnErased(written);
    if (name !== 'people' || written.value === null) return;
    const map = document === 'members' ? 'public' : 'private';
    const { key } = written;
    this.directory.put({ doc: 'directory', map, key, value: written.value } as DirectoryPut);
    const spaces = this.directory.spaces(key as AccountId);
    if (!spaces.includes(space)) {
      this.directory.put({ doc: 'directory', map: 'spaces', key, value: [...spaces, space] });
    }
  }
}

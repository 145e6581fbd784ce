import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import { emptySpace, type Member, type SpaceState } from '#lib/domain/state.ts';
import type { FoundPupil } from '#lib/protocol/messages.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import type { Database } from '#lib/store/database.ts';
import { dropDocument, heldRooms } from '#lib/store/documents.ts';
import { Follower, type Ended, type RelaySide } from './follower.ts';
import type { Written } from './space-document.ts';

/** What a replica tells: documents have changed, are stored, a follower ended, how many sockets are open. */
export interface ReplicaEvents {
  readonly changed: () => void;
  readonly stored: () => void;
  readonly ended: (why: Ended) => void;
  readonly connected: (any: boolean) => void;
  /** NW10: any document has to come by HTTP. */
  readonly held: (any: boolean) => void;
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
  readonly #followers = new Map<string, Follower>();
  readonly #online = new Set<string>();
  readonly #held = new Set<string>();
  #connect = false;
  #telling = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(db: Database, from: RelaySide, events: ReplicaEvents) {
    this.#db = db;
    this.#from = from;
    this.#events = events;
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
    for (const follower of this.#followers.values()) {
      if (on) follower.connect();
      else follower.disconnect();
    }
    if (!on) this.#online.clear();
    this.#events.connected(this.#online.size > 0);
  }

  /** NW10: asks now for whatever no socket brings. */
  pull(): void {
    for (const follower of this.#followers.values()) follower.pull();
  }

  /** NW10: of everything that is followed something has been read; true where nothing is followed. */
  get read(): boolean {
    return [...this.#followers.values()].every(({ document }) => document.version > 0);
  }

  /** The TwinSpaces of which anything is followed, as the relay last told them. */
  get spaces(): ReadonlyMap<SpaceId, SpaceState> {
    const spaces = new Map<SpaceId, SpaceState>();
    for (const { room, document } of this.#followers.values()) {
      const state = spaces.get(room.space) ?? emptySpace(room.space);
      const maps = { ...state[room.document], ...Object.fromEntries(document.maps) };
      spaces.set(room.space, { ...state, [room.document]: maps });
    }
    return spaces;
  }

  /** LK6: whether anything of the TwinSpace is stored here, and nothing that is followed is still missing. */
  holds(space: SpaceId): boolean {
    const followed = [...this.#followers.values()].filter(({ room }) => room.space === space);
    return followed.length > 0 && followed.every(({ storedVersion }) => storedVersion > 0);
  }

  /** OB4: whether every document of the TwinSpace that is followed here has reached this version, and is stored. */
  contains(space: SpaceId, version: number, stored = false): boolean {
    for (const { room, document, storedVersion } of this.#followers.values()) {
      if (room.space === space && (stored ? storedVersion : document.version) < version) return false;
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#turn;
    await Promise.all([...this.#followers.values()].map((follower) => follower.close()));
    this.#followers.clear();
  }

  async #follow(rooms: readonly string[]): Promise<void> {
    for (const [name, follower] of this.#followers) {
      if (rooms.includes(name)) continue;
      this.#followers.delete(name);
      await follower.close();
    }
    for (const held of await heldRooms(this.#db)) {
      if (!rooms.includes(held)) await dropDocument(this.#db, held);
    }
    await Promise.all(rooms.filter((name) => !this.#followers.has(name)).map((name) => this.#open(name)));
    this.#events.changed();
  }

  async #open(name: string): Promise<void> {
    const follower = await Follower.open(this.#db, name, this.#from, {
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
    });
    if (!follower) return;
    this.#followers.set(name, follower);
    const { room, document } = follower;
    for (const [map, records] of document.maps) {
      for (const [key, value] of records) this.#learn(room.space, room.document, { map, key, value });
    }
    document.listen((written) => {
      for (const record of written) this.#learn(room.space, room.document, record);
      this.#tell();
    });
    if (this.#connect) follower.connect();
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
      this.#events.changed();
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

import type { Database } from '#lib/store/database.ts';
import { loadDocument } from '#lib/store/documents.ts';
import { progressOf } from '#lib/yjs/page-progress.ts';
import { containsEdit, FollowedPage, textOf } from './followed-page.ts';
import { Follower, type FollowerEvents, type RelaySide } from './follower.ts';
import { HeldPages } from './held-pages.ts';

/** What the texts of pages ask of whoever knows the records. */
export interface TextsParts {
  /** Something has come and is stored. */
  readonly stored: () => void;
  /** Whom a page's follower tells. */
  readonly told: (room: string) => FollowerEvents;
  /** A socket is open. */
  readonly isOnline: (room: string) => boolean;
  /** RD4, as far as it can be told here: whether this device may read the page of this room. */
  readonly isReadable: (room: string) => boolean;
}

/** The texts of pages on this device: those that are open are followed, all the others are held (WR4). */
export class Texts {
  readonly #db: Database;
  readonly #from: RelaySide;
  readonly #parts: TextsParts;
  readonly #open = new Map<string, Follower<FollowedPage>>();
  readonly #held: HeldPages;

  constructor(db: Database, from: RelaySide, parts: TextsParts) {
    this.#db = db;
    this.#from = from;
    this.#parts = parts;
    this.#held = new HeldPages(db, from.relay, {
      followed: (room) => this.#comeTo(room),
      stored: parts.stored
    });
  }

  /** Those of the pages that are open. */
  get followers(): readonly Follower[] {
    return [...this.#open.values()];
  }

  /** WR4: exactly these pages are to be here, as far as each has moved. */
  want(wanted: ReadonlyMap<string, number>): void {
    this.#held.want(wanted);
  }

  /** The relay can be reached, or not. */
  reach(reachable: boolean): void {
    this.#held.reach(reachable);
  }

  /**
   * OB4: whether an accepted edit stands in the page as it is stored here. A page that this device may not read any more
   * has nothing to wait for.
   *
   * @param update the edit
   */
  async contains(room: string, update: Uint8Array): Promise<boolean> {
    const open = this.#open.get(room);
    if (open) return open.stored && containsEdit(open.document.doc, update);
    if (!this.#parts.isReadable(room)) return true;
    const has = await this.#isStored(room, update);
    if (!has) this.#held.ask(room);
    return has;
  }

  /** WR2: follows a page while it is open; what is stored of it is there at once. */
  async open(room: string, connect: boolean): Promise<Follower<FollowedPage>> {
    const known = this.#open.get(room);
    if (known) return known;
    const told = this.#parts.told(room);
    const stored = (): void => {
      this.#held.arrived();
      told.stored();
    };
    const make = (updates: readonly Uint8Array[]): FollowedPage => new FollowedPage(updates);
    const follower = await Follower.open(this.#db, room, this.#from, { ...told, stored }, make);
    this.#open.set(room, follower);
    if (!(await this.#db.heldPages.get(room))) await this.#db.heldPages.put({ room, moved: 0 });
    if (connect) follower.connect();
    return follower;
  }

  async close(room: string): Promise<void> {
    const follower = this.#open.get(room);
    this.#open.delete(room);
    await follower?.close();
  }

  /** Ends all of it. */
  async end(): Promise<void> {
    await this.#held.close();
    await Promise.all([...this.#open.keys()].map((room) => this.close(room)));
  }

  async #isStored(room: string, update: Uint8Array): Promise<boolean> {
    const { updates } = await loadDocument(this.#db, room);
    // Of a page that was just made here nothing has come yet.
    if (updates.length === 0) return false;
    const stored = textOf(updates);
    const has = containsEdit(stored, update);
    stored.destroy();
    return has;
  }

  /** WR4: how far a page has come here that a socket brings now, and is stored. */
  #comeTo(room: string): number | undefined {
    const open = this.#parts.isOnline(room) ? this.#open.get(room) : undefined;
    if (!open) return undefined;
    return open.stored ? progressOf(open.document.doc) : 0;
  }
}

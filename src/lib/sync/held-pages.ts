import * as Y from 'yjs';
import type { Database } from '#lib/store/database.ts';
import { compactDocument, dropDocument, keepUpdate, loadDocument, mostUpdates } from '#lib/store/documents.ts';
import { Errand } from '#lib/store/errand.ts';
import { FollowedPage } from './followed-page.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

/** What the relay answers where one page cannot be read, and the next one may. */
const ofThisPage: ReadonlySet<string> = new Set(['not-permitted', 'not-found', 'other-generation']);

/** What holding pages needs to know, and whom it tells. */
export interface HeldPagesParts {
  /** A socket brings this room now. */
  readonly followed: (room: string) => boolean;
  /** Something of a page has come and is stored. */
  readonly stored: () => void;
}

/**
 * WR4: the text of every page that this device may read, brought over HTTP whenever the relay has told that it has
 * moved, before anybody opens it. Ends with whoever made it.
 */
export class HeldPages {
  readonly #db: Database;
  readonly #relay: RelayClient;
  readonly #parts: HeldPagesParts;
  readonly #bringing = new Errand(() => this.#bring());
  /** By room, as far as each has moved. */
  #wanted: ReadonlyMap<string, number> = new Map();
  /** Rooms that are asked for whether they have moved or not. */
  readonly #asked = new Set<string>();
  /** Of which the relay has said no, until the next contact. */
  readonly #refused = new Set<string>();
  #reachable = false;
  #closed = false;

  constructor(db: Database, relay: RelayClient, parts: HeldPagesParts) {
    this.#db = db;
    this.#relay = relay;
    this.#parts = parts;
  }

  /** Exactly these pages are to be here: room, and as far as the relay tells that its text has moved. */
  want(wanted: ReadonlyMap<string, number>): void {
    this.#wanted = wanted;
    void this.#bringing.start();
  }

  /** The relay can be reached, or not. */
  reach(reachable: boolean): void {
    this.#reachable = reachable;
    this.#refused.clear();
    if (reachable) void this.#bringing.start();
  }

  /** Brings a page that has moved, whether that has been told already or not. */
  ask(room: string): void {
    this.#asked.add(room);
    void this.#bringing.start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#bringing.close();
  }

  async #bring(): Promise<void> {
    const held = new Map((await this.#db.heldPages.toArray()).map(({ room, moved }) => [room, moved]));
    for (const room of held.keys()) if (!this.#wanted.has(room)) await dropDocument(this.#db, room);
    for (const [room, moved] of this.#wanted) {
      if (this.#closed || !this.#reachable) return;
      const due = this.#asked.has(room) || (held.get(room) ?? 0) !== moved;
      if (!due || this.#refused.has(room) || this.#parts.followed(room)) continue;
      try {
        await this.#pull(room, moved);
      } catch (error) {
        if (!(error instanceof RelayError)) throw error;
        // Whoever watches the relay finds out, and says when it can be reached again.
        if (!ofThisPage.has(error.code)) return;
        this.#refused.add(room);
      }
    }
  }

  async #pull(room: string, moved: number): Promise<void> {
    this.#asked.delete(room);
    const { updates, upTo } = await loadDocument(this.#db, room);
    const page = new FollowedPage(updates);
    try {
      const news = await this.#relay.document(room, Y.encodeStateVector(page.doc));
      if (news.length > 0) await keepUpdate(this.#db, room, Y.mergeUpdates([...news]));
      await this.#db.heldPages.put({ room, moved });
      if (updates.length > mostUpdates)
        await compactDocument(this.#db, room, Y.encodeStateAsUpdate(page.doc), upTo);
    } finally {
      page.close();
    }
    this.#parts.stored();
  }
}

import * as Y from 'yjs';
import { partAnswers, type RoomAnswer } from '#lib/protocol/document-answer.ts';
import { roomsRequestText } from '#lib/protocol/rooms-request.ts';
import type { Database } from '#lib/store/database.ts';
import {
  compactDocument,
  dropDocument,
  holdPage,
  keepUpdate,
  loadDocument,
  mostUpdates
} from '#lib/store/documents.ts';
import { Errand } from '#lib/store/errand.ts';
import { textOf } from './followed-page.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

/** So many pages are asked for in one request. */
const atOnce = 100;

/** What holding pages needs to know, and whom it tells. */
export interface HeldPagesParts {
  /** How far the text of a room is here that a socket brings now; undefined where none does. */
  readonly followed: (room: string) => number | undefined;
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
    if (sameNumbers(wanted, this.#wanted)) return;
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

  /** Something has come over a socket and is stored. */
  arrived(): void {
    void this.#bringing.start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#bringing.close();
  }

  /** What is known, part by part, until all of it is here or the relay cannot be reached. */
  async #bring(): Promise<void> {
    const held = new Map((await this.#db.heldPages.toArray()).map(({ room, moved }) => [room, moved]));
    for (const room of held.keys()) if (!this.#wanted.has(room)) await dropDocument(this.#db, room);
    await this.#noteFollowed(held);
    const due = (): readonly string[] =>
      [...this.#wanted]
        .filter(([room, moved]) => this.#asked.has(room) || (held.get(room) ?? 0) < moved)
        .map(([room]) => room)
        .filter((room) => !this.#refused.has(room) && this.#parts.followed(room) === undefined);
    for (let next = due(); next.length > 0; next = due()) {
      if (this.#closed || !this.#reachable) return;
      try {
        await this.#pull(next.slice(0, atOnce), held);
      } catch (error) {
        // Whoever watches the relay finds out, and says when it can be reached again.
        if (error instanceof RelayError) return;
        throw error;
      }
      this.#parts.stored();
    }
  }

  /** What a socket brings is here as well, as soon as it has come as far as is told. */
  async #noteFollowed(held: Map<string, number>): Promise<void> {
    for (const [room, moved] of this.#wanted) {
      const come = this.#parts.followed(room);
      if (come === undefined || come < moved || (held.get(room) ?? 0) >= moved) continue;
      await holdPage(this.#db, { room, moved: come });
      held.set(room, come);
    }
  }

  async #pull(rooms: readonly string[], held: Map<string, number>): Promise<void> {
    const wanted: { readonly room: string; readonly has: Uint8Array }[] = [];
    for (const room of rooms) wanted.push({ room, has: await this.#has(room) });
    const answers = answersIn(await this.#relay.post('/api/documents', roomsRequestText(wanted)));
    if (answers.length !== rooms.length) throw new RelayError('unreadable', { cause: answers.length });
    for (const [at, room] of rooms.entries()) {
      const answer = answers[at];
      if (answer?.is === 'updates') {
        held.set(room, await this.#keep(room, answer));
        this.#asked.delete(room);
      } else if (answer?.is !== 'later') this.#refused.add(room);
    }
  }

  /** @returns how far the page has come here: a relay that was restored may tell of more than it has, and is not asked again for that */
  async #keep(room: string, { updates, progress }: Extract<RoomAnswer, { is: 'updates' }>): Promise<number> {
    await keepUpdate(this.#db, room, Y.mergeUpdates([...updates]));
    const moved = Math.max(progress, this.#wanted.get(room) ?? 0);
    await holdPage(this.#db, { room, moved });
    return moved;
  }

  /** The state vector of what is here; much that has piled up is put together meanwhile. */
  async #has(room: string): Promise<Uint8Array> {
    const { updates, upTo } = await loadDocument(this.#db, room);
    const text = textOf(updates);
    const has = Y.encodeStateVector(text);
    if (updates.length > mostUpdates)
      await compactDocument(this.#db, room, Y.encodeStateAsUpdate(text), upTo);
    text.destroy();
    return has;
  }
}

function sameNumbers(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

function answersIn(bytes: Uint8Array): readonly RoomAnswer[] {
  try {
    return partAnswers(bytes);
  } catch (cause) {
    throw new RelayError('unreadable', { cause });
  }
}

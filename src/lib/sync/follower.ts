import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { parseRoom, type Room } from '#lib/protocol/rooms.ts';
import type { Database } from '#lib/store/database.ts';
import { compactDocument, keepUpdate, loadDocument, mostUpdates } from '#lib/store/documents.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';
import { FollowedDocument } from './space-document.ts';

/** Why a follower stopped: the device must ask for its rooms again, or was revoked. */
export type Ended = 'ask-again' | 'revoked';

const endings: ReadonlyMap<number, Ended> = new Map([
  [closeCodes.notEnrolled, 'ask-again'],
  [closeCodes.mayNotRead, 'ask-again'],
  [closeCodes.unknownRoom, 'ask-again'],
  [closeCodes.otherGeneration, 'ask-again'],
  [closeCodes.revoked, 'revoked']
]);

/**
 * Follows one room with the stock y-websocket provider: the stored document is loaded first, then connected, and what
 * comes is stored before anybody counts on it (SY1, SY2). Never writes.
 */
export class Follower {
  readonly room: Room;
  readonly name: string;
  readonly document: FollowedDocument;
  readonly #provider: WebsocketProvider;
  readonly #db: Database;
  readonly #tellStored: () => void;
  readonly #pause = new GrowingPause();
  /** What has come and is not stored yet, in order, with the version that the document then had. */
  #unstored: { readonly update: Uint8Array; readonly version: number }[] = [];
  #storing: Promise<void> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #storedVersion: number;

  private constructor(
    db: Database,
    room: Room,
    name: string,
    document: FollowedDocument,
    address: string,
    tell: { ended: (why: Ended) => void; connected: (is: boolean) => void; stored: () => void }
  ) {
    this.#db = db;
    this.room = room;
    this.name = name;
    this.document = document;
    this.#storedVersion = document.version;
    this.#tellStored = tell.stored;
    document.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'store') return;
      this.#unstored.push({ update, version: document.version });
      this.#store();
    });
    this.#provider = new WebsocketProvider(address, name, document.doc, {
      connect: false,
      disableBc: true,
      maxBackoffTime: 15_000
    });
    this.#provider.awareness.setLocalState(null);
    this.#provider.on('status', ({ status }: { status: string }) => tell.connected(status === 'connected'));
    this.#provider.on('connection-close', (event: CloseEvent | null) => {
      const why = event && endings.get(event.code);
      if (!why) return;
      this.#provider.disconnect();
      tell.ended(why);
    });
  }

  /** Loads what is stored of the room; connects only when asked to. */
  static async open(
    db: Database,
    name: string,
    address: string,
    tell: { ended: (why: Ended) => void; connected: (is: boolean) => void; stored: () => void }
  ): Promise<Follower | undefined> {
    const room = parseRoom(name);
    if (!room) return undefined;
    const { updates, upTo } = await loadDocument(db, name);
    const document = new FollowedDocument(room.document, updates);
    if (updates.length > mostUpdates) {
      await compactDocument(db, name, Y.encodeStateAsUpdate(document.doc), upTo);
    }
    return new Follower(db, room, name, document, address, tell);
  }

  /** The version of the document that this device has safely stored. */
  get storedVersion(): number {
    return this.#storedVersion;
  }

  connect(): void {
    this.#provider.connect();
  }

  /** Treats the network as gone: an open socket may be frozen instead of closed (facts: setOffline). */
  disconnect(): void {
    this.#provider.disconnect();
  }

  async close(): Promise<void> {
    this.#provider.destroy();
    await this.#storing;
    clearTimeout(this.#again);
    this.document.close();
  }

  #store(): void {
    clearTimeout(this.#again);
    this.#storing ??= this.#storeAll().finally(() => (this.#storing = undefined));
  }

  /**
   * SY2, NW9: what could not be stored (no room, a lost connection) is tried again, all of it as one; until then nothing
   * counts as contained and the outbox keeps its rows.
   */
  async #storeAll(): Promise<void> {
    for (let next = this.#unstored[0]; next; next = this.#unstored[0]) {
      try {
        await keepUpdate(this.#db, this.name, next.update);
      } catch {
        const update = Y.mergeUpdates(this.#unstored.map((one) => one.update));
        this.#unstored = [{ update, version: this.document.version }];
        this.#again = setTimeout(() => this.#store(), this.#pause.next());
        return;
      }
      this.#pause.reset();
      this.#unstored.shift();
      this.#storedVersion = next.version;
      this.#tellStored();
    }
  }
}

import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { Database } from '#lib/store/database.ts';
import { compactDocument, keepUpdate, loadDocument, mostUpdates } from '#lib/store/documents.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';
import type { PagePresence } from './page-presence.ts';
import { Pulling } from './pulling.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

/** Why a follower stopped: the device must ask for its rooms again, or was revoked. */
export type Ended = 'ask-again' | 'revoked';

const endings: ReadonlyMap<number, Ended> = new Map([
  [closeCodes.notEnrolled, 'ask-again'],
  [closeCodes.mayNotRead, 'ask-again'],
  [closeCodes.unknownRoom, 'ask-again'],
  [closeCodes.otherGeneration, 'ask-again'],
  [closeCodes.revoked, 'revoked']
]);

/** What the relay says instead of a close code where it is asked over HTTP. */
const refusals: ReadonlyMap<string, Ended> = new Map([
  ['not-enrolled', 'ask-again'],
  ['not-permitted', 'ask-again'],
  ['not-found', 'ask-again'],
  ['other-generation', 'ask-again'],
  ['device-revoked', 'revoked']
]);

/** Milliseconds after which a socket that is still connecting is given up; the provider tries another one. */
const connecting = 10_000;

/** Where the relay is: its sockets (`ws(s)://host/sync`), and its HTTP interface. */
export interface RelaySide {
  readonly sockets: string;
  readonly relay: RelayClient;
}

/** A confirmed document: what the relay has written, and nothing else. */
export interface Followed {
  readonly doc: Y.Doc;
  /** The relay's counter in it (OB4); 0 where it has none. */
  readonly version: number;
  /** WR7: who writes in it, where that is told. */
  readonly presence?: Pick<PagePresence, 'attach'>;
  close(): void;
}

/** Whom a follower tells. */
export interface FollowerEvents {
  readonly ended: (why: Ended) => void;
  /** A socket is open. */
  readonly connected: (is: boolean) => void;
  /** NW10: the network lets HTTP pass and no socket. */
  readonly held: (is: boolean) => void;
  readonly stored: () => void;
}

/**
 * Follows one room with the stock y-websocket provider: the stored document is loaded first, then connected, and what
 * comes is stored before anybody counts on it (SY1, SY2). Where no socket passes it asks over HTTP (NW10). Never writes.
 */
export class Follower<Document extends Followed = Followed> {
  /** The room. */
  readonly name: string;
  readonly document: Document;
  readonly #provider: WebsocketProvider;
  readonly #pulling: Pulling;
  /** Whether the document is to be followed now. */
  #wanted = false;
  #limit: ReturnType<typeof setTimeout> | undefined;
  readonly #db: Database;
  readonly #relay: RelayClient;
  readonly #tell: FollowerEvents;
  readonly #pause = new GrowingPause();
  /** Until the document has come for the first time. */
  #first: Promise<void> | undefined;
  /** What has come and is not stored yet, in order, with the version that the document then had. */
  #unstored: { readonly update: Uint8Array; readonly version: number }[] = [];
  #storing: Promise<void> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #storedVersion: number;

  private constructor(db: Database, name: string, document: Document, from: RelaySide, tell: FollowerEvents) {
    this.#db = db;
    this.name = name;
    this.document = document;
    this.#storedVersion = document.version;
    this.#relay = from.relay;
    this.#tell = tell;
    document.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'store') return;
      this.#unstored.push({ update, version: document.version });
      this.#store();
    });
    this.#provider = new WebsocketProvider(from.sockets, name, document.doc, {
      connect: false,
      disableBc: true,
      maxBackoffTime: 15_000
    });
    this.#provider.awareness.setLocalState(null);
    document.presence?.attach(this.#provider);
    this.#pulling = new Pulling(() => this.#pull(), tell.held);
    this.#provider.on('status', ({ status }: { status: string }) => {
      clearTimeout(this.#limit);
      if (status === 'connecting') this.#limit = setTimeout(() => this.#provider.ws?.close(), connecting);
      if (status === 'disconnected') this.#look();
      tell.connected(status === 'connected');
    });
    // Only what a socket has brought shows that it passes.
    this.#provider.on('sync', (synced: boolean) => {
      if (synced) this.#pulling.stop();
    });
    this.#provider.on('connection-close', (event: CloseEvent | null) => {
      const why = event && endings.get(event.code);
      if (!why) return;
      this.disconnect();
      tell.ended(why);
    });
  }

  /**
   * Loads what is stored of the room; connects only when asked to.
   *
   * @param make the document, of the stored updates
   */
  static async open<Document extends Followed>(
    db: Database,
    name: string,
    from: RelaySide,
    tell: FollowerEvents,
    make: (updates: readonly Uint8Array[]) => Document
  ): Promise<Follower<Document>> {
    const { updates, upTo } = await loadDocument(db, name);
    const document = make(updates);
    if (updates.length > mostUpdates) {
      await compactDocument(db, name, Y.encodeStateAsUpdate(document.doc), upTo);
    }
    return new Follower(db, name, document, from, tell);
  }

  /** The version of the document that this device has safely stored. */
  get storedVersion(): number {
    return this.#storedVersion;
  }

  /** All that has come is stored. */
  get stored(): boolean {
    return this.#unstored.length === 0;
  }

  connect(): void {
    this.#wanted = true;
    this.#first ??= this.#comeFirst().finally(() => (this.#first = undefined));
  }

  /** Treats the network as gone: an open socket may be frozen instead of closed (facts: setOffline). */
  disconnect(): void {
    this.#wanted = false;
    clearTimeout(this.#limit);
    this.#pulling.stop();
    this.#provider.disconnect();
  }

  /** NW10: asks now where no socket brings the document. */
  pull(): void {
    this.#pulling.now();
  }

  async close(): Promise<void> {
    this.disconnect();
    this.#provider.destroy();
    await this.#storing;
    clearTimeout(this.#again);
    this.document.close();
  }

  /** SY5: of a document of which nothing is here yet all comes by HTTP, packed; what is written since by the socket. */
  async #comeFirst(): Promise<void> {
    const { doc } = this.document;
    if (doc.store.clients.size === 0) await this.#pull().catch(() => undefined);
    if (!this.#wanted) return;
    this.#provider.connect();
    this.#look();
  }

  #look(): void {
    if (this.#wanted && !this.#provider.synced) this.#pulling.start();
  }

  async #pull(): Promise<boolean> {
    const { doc } = this.document;
    const before = Y.encodeStateVector(doc);
    try {
      const updates = await this.#relay.document(this.name, before);
      for (const update of updates) if (this.#wanted) Y.applyUpdate(doc, update, 'http');
    } catch (error) {
      const why = error instanceof RelayError ? refusals.get(error.code) : undefined;
      if (why && this.#wanted) {
        this.disconnect();
        this.#tell.ended(why);
      }
      throw error;
    }
    return !equal(before, Y.encodeStateVector(doc));
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
      this.#tell.stored();
    }
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

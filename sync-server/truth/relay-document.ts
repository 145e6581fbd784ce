import * as Y from 'yjs';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import { membersMaps, staffMaps } from '#lib/domain/state.ts';
import type { StoredDocument } from '#relay/storage/storage.ts';
import { ServedState } from './served-state.ts';

/** A record to be written into one document. */
export interface Write {
  readonly map: string;
  readonly key: string;
  /** null deletes */
  readonly value: unknown;
}

/** A document so many times the size of its records is built anew. */
const rebuildAt = 8;
/** Below so many bytes building anew gains nothing. */
const rebuildFloor = 256 * 1024;

/** The counter stands in the map `meta`, beside the records of the rules. */
const counter = { map: 'meta', key: 'version' } as const;

/**
 * One document of a TwinSpace in the relay's memory, with its records beside it as plain maps. The relay is its only
 * writer. Writing is in two steps: `write` changes the Yjs document and gives the update, which nobody may see before
 * it is stored; `apply` brings the plain maps, which the rules read, to the same state afterwards.
 */
export class RelayDocument {
  readonly document: SpaceDocument;
  readonly generation: number;
  /** By name; what the rules read. */
  readonly maps: Readonly<Record<string, Map<string, unknown>>>;
  /** Bytes of the updates stored since they were last put together. */
  storedSince: number;
  /** What readers are given. */
  readonly served: ServedState;
  readonly #doc: Y.Doc;
  /** Written, and hidden until it is stored. */
  #written: Uint8Array | undefined;

  private constructor(
    document: SpaceDocument,
    generation: number,
    doc: Y.Doc,
    stored: readonly Uint8Array[]
  ) {
    this.document = document;
    this.generation = generation;
    this.storedSince = stored.slice(1).reduce((sum, update) => sum + update.length, 0);
    this.#doc = doc;
    this.served = new ServedState(doc, stored);
    const names: readonly string[] = document === 'members' ? membersMaps : staffMaps;
    this.maps = Object.fromEntries(names.map((name) => [name, new Map<string, unknown>()]));
    for (const name of names) {
      for (const [key, value] of doc.getMap(name).entries()) {
        if (name !== counter.map || key !== counter.key) this.maps[name]?.set(key, value);
      }
    }
  }

  /** A document of which nothing is stored yet. */
  static fresh(document: SpaceDocument): RelayDocument {
    return new RelayDocument(document, 1, new Y.Doc(), []);
  }

  static load(document: SpaceDocument, { generation, updates }: StoredDocument): RelayDocument {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    return new RelayDocument(document, generation, doc, updates);
  }

  /** The TwinSpace's counter as written here. */
  get version(): number {
    const version = this.#doc.getMap(counter.map).get(counter.key);
    return typeof version === 'number' ? version : 0;
  }

  /** Writes the records and the counter, and gives the one update that says so. */
  write(records: readonly Write[], version: number): Uint8Array {
    let update: Uint8Array | undefined;
    const take = (bytes: Uint8Array): void => void (update = bytes);
    this.served.begin();
    this.#doc.on('update', take);
    this.#doc.transact(() => {
      for (const { map, key, value } of [...records, { ...counter, value: version }]) {
        if (value === null) this.#doc.getMap(map).delete(key);
        else this.#doc.getMap(map).set(key, value);
      }
    });
    this.#doc.off('update', take);
    // The counter moves with every write, so there is always something to tell.
    if (!update) throw new Error('a write without an update');
    this.#written = update;
    return update;
  }

  /** What was written is stored: the plain maps are brought to it, and readers are given it. */
  apply(records: readonly Write[]): void {
    for (const { map, key, value } of records) {
      if (value === null) this.maps[map]?.delete(key);
      else this.maps[map]?.set(key, value);
    }
    if (this.#written) {
      this.storedSince += this.#written.length;
      this.served.add(this.#written);
    }
    this.#written = undefined;
  }

  /** The whole document, with what is written and not stored yet. */
  encode(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc);
  }

  /**
   * RM9: whether it has grown out of all proportion to its records (F16). They are measured as text, which is about what
   * they take where each was written once.
   */
  get isOutgrown(): boolean {
    const { size } = this.served;
    return size >= rebuildFloor && size >= rebuildAt * this.#textSize();
  }

  #textSize(): number {
    let size = 0;
    for (const records of Object.values(this.maps))
      for (const [key, value] of records) size += key.length + JSON.stringify(value).length;
    return size;
  }

  /** The same records and counter written anew by one writer: what the next generation begins with. */
  rebuilt(): Uint8Array {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const [name, records] of Object.entries(this.maps)) {
        for (const [key, value] of records) doc.getMap(name).set(key, value);
      }
      doc.getMap(counter.map).set(counter.key, this.version);
    });
    const update = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    return update;
  }
}

import type { SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import type { DocumentStore, Storage } from '#relay/storage/storage.ts';
import { PageTexts } from './page-texts.ts';
import { RelayDocument } from './relay-document.ts';
import { SpaceTruth } from './space-truth.ts';

/** ST11: stored updates are put together once they come to so many bytes, and to as many as the document itself. */
const compactAfter = 256 * 1024;

/** A TwinSpace that was asked for. */
interface Asked {
  readonly loading: Promise<SpaceTruth | undefined>;
  /** Once it is there. */
  loaded?: SpaceTruth | undefined;
}

/**
 * What the relay knows, in memory, loaded when first asked for. It is a copy: storage is the truth. Whoever fails
 * between writing and applying forgets what was touched, and the next to ask loads it again (GA11).
 */
export class Truth {
  /** The texts of pages. */
  readonly pages: PageTexts;
  readonly #storage: Storage;
  readonly #spaces = new Map<SpaceId, Asked>();
  #directory: Promise<KnownDirectory> | undefined;
  #version = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.pages = new PageTexts(storage);
  }

  /** Another number whenever anything in memory may be another than before. */
  get version(): number {
    return this.#version;
  }

  /** Every account on this relay; committed only. */
  directory(): Promise<KnownDirectory> {
    this.#directory ??= this.#loadDirectory();
    const loading = this.#directory;
    loading.catch(() => {
      if (this.#directory === loading) this.#directory = undefined;
    });
    return loading;
  }

  /** The TwinSpace; undefined where there is none of that id. */
  space(id: SpaceId): Promise<SpaceTruth | undefined> {
    const known = this.#spaces.get(id);
    if (known) return known.loading;
    const asked: Asked = { loading: this.#loadSpace(id, this.#storage.documents) };
    this.#spaces.set(id, asked);
    const came = (space?: SpaceTruth): void => {
      asked.loaded = space;
      // Unknown ids are not kept: anybody could fill the memory with them.
      if (!space && this.#spaces.get(id) === asked) this.#spaces.delete(id);
    };
    asked.loading.then(came, () => came());
    return asked.loading;
  }

  /**
   * The same within a transaction, which must not wait for anybody who waits for its end.
   *
   * @param documents those of the transaction
   */
  async spaceWithin(id: SpaceId, documents: DocumentStore): Promise<SpaceTruth | undefined> {
    return this.#spaces.get(id)?.loaded ?? this.#loadSpace(id, documents);
  }

  /** What a transaction has loaded, and left as it was. */
  keep(space: SpaceTruth): void {
    if (!this.#spaces.has(space.id)) this.#set(space);
  }

  /** Something was written, or a TwinSpace was founded and becomes known. */
  remember(space: SpaceTruth): void {
    this.#version += 1;
    this.#set(space);
  }

  /** What is in memory of these TwinSpaces, and of the directory, may be wrong: load it again when next asked. */
  forget(spaces: Iterable<SpaceId>): void {
    this.release(spaces);
    this.#directory = undefined;
  }

  /** Whoever asks for these TwinSpaces from now on is given what is stored; what was in memory is the caller's own. */
  release(spaces: Iterable<SpaceId>): void {
    this.#version += 1;
    for (const space of spaces) this.#spaces.delete(space);
  }

  /**
   * Puts the stored updates of a document together once they are many bytes. Only under the lock.
   */
  async compact(id: SpaceId): Promise<void> {
    const space = this.#spaces.get(id)?.loaded;
    if (!space) return;
    for (const document of [space.members, space.staff]) {
      if (document.storedSince < Math.max(compactAfter, document.served.size)) continue;
      await this.#storage.documents.compact(space.id, document.document, document.encode());
      document.storedSince = 0;
    }
  }

  /**
   * RM9: builds a document anew from its records: the next generation. Only under the lock; followers of the old one
   * must be closed afterwards.
   *
   * @returns the new generation; undefined where there is no such TwinSpace
   */
  async rebuild(id: SpaceId, name: SpaceDocument): Promise<number | undefined> {
    const space = await this.space(id);
    if (!space) return undefined;
    const document = space.document(name);
    const generation = document.generation + 1;
    await this.#storage.documents.rebuild(id, name, generation, document.rebuilt());
    this.#spaces.delete(id);
    return generation;
  }

  async #loadDirectory(): Promise<KnownDirectory> {
    const directory = new KnownDirectory();
    for (const put of await this.#storage.directory.all()) directory.put(put);
    return directory;
  }

  #set(space: SpaceTruth): void {
    this.#spaces.set(space.id, { loading: Promise.resolve(space), loaded: space });
  }

  async #loadSpace(id: SpaceId, documents: DocumentStore): Promise<SpaceTruth | undefined> {
    const [members, staff] = await Promise.all([
      this.#load(id, 'members', documents),
      this.#load(id, 'staff', documents)
    ]);
    return members && staff ? new SpaceTruth(id, members, staff) : undefined;
  }

  async #load(
    id: SpaceId,
    name: SpaceDocument,
    documents: DocumentStore
  ): Promise<RelayDocument | undefined> {
    const stored = await documents.load(id, name);
    if (!stored) return undefined;
    const document = RelayDocument.load(name, stored);
    if (!document.isOutgrown) return document;
    const update = document.rebuilt();
    const generation = stored.generation + 1;
    await documents.rebuild(id, name, generation, update);
    return RelayDocument.load(name, { generation, updates: [update] });
  }
}

import type { SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { RelayDocument } from './relay-document.ts';
import { SpaceTruth } from './space-truth.ts';

/** Stored updates of one document after which they are put together into one. */
const compactAfter = 400;
/** A document so many times the size of its records is built anew when it is loaded (F16). */
const rebuildAt = 8;
/** Below so many bytes building anew gains nothing. */
const rebuildFloor = 256 * 1024;

/**
 * What the relay knows, in memory, loaded when first asked for. It is a copy: storage is the truth. Whoever fails
 * between writing and applying forgets what was touched, and the next to ask loads it again (GA11).
 */
export class Truth {
  readonly #storage: Storage;
  readonly #spaces = new Map<SpaceId, Promise<SpaceTruth | undefined>>();
  #directory: Promise<KnownDirectory> | undefined;
  #version = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
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
    if (known) return known;
    const loading = this.#loadSpace(id);
    this.#spaces.set(id, loading);
    // Unknown ids are not kept: anybody could fill the memory with them.
    const drop = (): void => {
      if (this.#spaces.get(id) === loading) this.#spaces.delete(id);
    };
    loading.then((space) => space ?? drop(), drop);
    return loading;
  }

  /** Something was written, or a TwinSpace was founded and becomes known. */
  remember(space: SpaceTruth): void {
    this.#version += 1;
    this.#spaces.set(space.id, Promise.resolve(space));
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
   * Puts the stored updates of a document together once there are many. Only under the lock.
   */
  async compact(space: SpaceTruth): Promise<void> {
    for (const document of [space.members, space.staff]) {
      if (document.stored < compactAfter) continue;
      await this.#storage.documents.compact(space.id, document.document, document.encode());
      document.stored = 1;
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

  async #loadSpace(id: SpaceId): Promise<SpaceTruth | undefined> {
    const [members, staff] = await Promise.all([this.#load(id, 'members'), this.#load(id, 'staff')]);
    return members && staff ? new SpaceTruth(id, members, staff) : undefined;
  }

  async #load(id: SpaceId, name: SpaceDocument): Promise<RelayDocument | undefined> {
    const stored = await this.#storage.documents.load(id, name);
    if (!stored) return undefined;
    const document = RelayDocument.load(name, stored);
    const { size } = document.served;
    if (size < rebuildFloor) return document;
    const update = document.rebuilt();
    if (size < update.length * rebuildAt) return document;
    const generation = stored.generation + 1;
    await this.#storage.documents.rebuild(id, name, generation, update);
    return RelayDocument.load(name, { generation, updates: [update] });
  }
}

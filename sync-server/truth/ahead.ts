import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Directory } from '#lib/domain/directory.ts';
import { mergeUpdates } from 'yjs';
import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import { documentOfPage, pageGeneration } from '#lib/domain/pages.ts';
import { withPuts, type DirectoryPut, type SpacePut } from '#lib/domain/puts.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';
import type { PageWriter } from '#relay/storage/page-store.ts';
import type { DocumentStore, Storage } from '#relay/storage/storage.ts';
import type { PageText } from './page-text.ts';
import { SpaceTruth } from './space-truth.ts';
import type { Truth } from './truth.ts';

/** A TwinSpace that was asked for. */
interface Place {
  readonly space: SpaceTruth;
  /** With what was put since. */
  state: SpaceState;
  /** So many changes have put something. */
  changes: number;
  /** The last word on each record, by document, map and key. */
  readonly puts: Map<string, SpacePut>;
}

/** A page that was asked for, and what was written in it. */
interface PagePlace {
  readonly space: SpaceId;
  readonly page: PageId;
  readonly text: PageText;
  readonly updates: Uint8Array[];
}

/**
 * What the relay knows, with what was decided since and is not stored yet written over it: whoever is judged next sees
 * it, and nobody else. It comes to one update of each document, however many changes it holds (GA21). Only under the
 * lock, and for one commit: `write`, then the commit, then `apply`; or else `forget`.
 */
export class Ahead {
  readonly #truth: Truth;
  readonly #known: KnownDirectory;
  readonly #directory: KnownDirectory;
  readonly #directoryPuts: DirectoryPut[] = [];
  readonly #places = new Map<SpaceId, Place>();
  readonly #pages = new Map<string, PagePlace>();
  /** The TwinSpaces of whose documents no earlier update is to be left. */
  readonly #bare = new Set<SpaceId>();
  /** Whether the documents in memory have it. */
  #written = false;

  /** @param known the truth's directory */
  constructor(truth: Truth, known: KnownDirectory) {
    this.#truth = truth;
    this.#known = known;
    this.#directory = new KnownDirectory(known);
  }

  get directory(): Directory {
    return this.#directory;
  }

  /** The TwinSpaces into which something was put, and those of pages in which something was written. */
  get touched(): ReadonlySet<SpaceId> {
    const written = this.pages.map(({ space }) => space);
    return new Set([...this.#touched().map(({ space }) => space.id), ...written]);
  }

  /** The pages in which something was written. */
  get pages(): readonly PagePlace[] {
    return [...this.#pages.values()].filter(({ updates }) => updates.length > 0);
  }

  /**
   * The TwinSpace as it will be; undefined where there is none.
   *
   * @param documents those of the transaction, for one that is not in memory
   */
  async state(id: SpaceId, documents: DocumentStore): Promise<SpaceState | undefined> {
    const known = this.#places.get(id);
    if (known) return known.state;
    const space = await this.#truth.spaceWithin(id, documents);
    return space && this.#take(space).state;
  }

  /** Of a TwinSpace into which something was put: its counter, with every change that is ahead. */
  version(id: SpaceId): number {
    const place = this.#places.get(id);
    return place ? place.space.version + place.changes : 0;
  }

  /**
   * The text of a page as it will be.
   *
   * @param stores those of the transaction, for one that is not in memory
   */
  async text(space: SpaceId, page: PageId, stores: Pick<Storage, 'documents' | 'pages'>): Promise<PageText> {
    const name = `${space}/${page}`;
    const known = this.#pages.get(name);
    if (known) return known.text;
    const text = await this.#truth.pages.within(space, page, stores);
    this.#pages.set(name, { space, page, text, updates: [] });
    return text;
  }

  /** Writes an edit that was looked at into the text of a page that was asked for; readers wait until it is stored. */
  edit(space: SpaceId, page: PageId, update: Uint8Array, writer: PageWriter, on: CalendarDate): void {
    const place = this.#pages.get(`${space}/${page}`);
    if (!place) throw new Error('a page that nobody has asked for');
    // First, so that a page is loaded anew in which only a part of it could be written (F10).
    place.updates.push(update);
    place.updates.splice(-1, 1, ...place.text.write(update, writer, on));
  }

  /** PA13: forgets what lost its place in a page that was asked for. */
  forgetFound(space: SpaceId, page: PageId): void {
    const place = this.#pages.get(`${space}/${page}`);
    if (!place) throw new Error('a page that nobody has asked for');
    place.updates.push(...place.text.forgetFound());
  }

  /** PA13: what was put into a TwinSpace that was asked for stands in the place of what stood there, also where it is stored. */
  bare(space: SpaceId): void {
    this.#bare.add(space);
  }

  /** What is stored in the place of all updates of these documents, once it is written. */
  get bared(): readonly DocumentUpdate[] {
    return this.#touched().flatMap(({ space }) => (this.#bare.has(space.id) ? space.encoded() : []));
  }

  /** One change more puts this into TwinSpaces that were asked for; what is not there begins with it. */
  put(spaces: Iterable<SpaceId>, puts: readonly SpacePut[], directory: readonly DirectoryPut[] = []): void {
    for (const id of spaces) {
      const place = this.#places.get(id) ?? this.#take(SpaceTruth.fresh(id));
      place.changes += 1;
      place.state = withPuts(place.state, puts);
      for (const put of puts) if (put.space === id) place.puts.set(nameOf(put), put);
    }
    for (const put of directory) this.#directory.put(put);
    this.#directoryPuts.push(...directory);
  }

  /** Puts what no change has come to, and no right hangs on, into TwinSpaces that were asked for. */
  tell(puts: readonly SpacePut[]): void {
    for (const put of puts) this.#places.get(put.space)?.puts.set(nameOf(put), put);
  }

  /** Writes it into the documents, hidden until it is stored, and gives what is to be stored. */
  write(): readonly DocumentUpdate[] {
    this.#written = true;
    const records = this.#touched().flatMap(({ space, puts, changes }) =>
      space.write([...puts.values()], changes)
    );
    const texts = this.pages.map(({ space, page, updates }) => ({
      space,
      document: documentOfPage(page),
      generation: pageGeneration,
      update: mergeUpdates(updates)
    }));
    return [...records, ...texts];
  }

  /** It is stored: the rules see it, and readers are given it. */
  apply(): void {
    for (const put of this.#directoryPuts) this.#known.put(put);
    for (const place of this.#places.values()) {
      const { space, puts, changes } = place;
      if (!isTouched(place)) {
        this.#truth.keep(space);
        continue;
      }
      space.apply([...puts.values()], changes);
      if (this.#bare.has(space.id)) for (const { served } of [space.members, space.staff]) served.bare();
      this.#truth.remember(space);
    }
    for (const { space, page, text, updates } of this.#pages.values()) {
      for (const update of updates) text.stored(update);
      this.#truth.pages.remember(space, page, text);
    }
  }

  /** It was not stored, or may not have been: what is in memory of it is loaded again when next asked for. */
  forget(): void {
    for (const { space, page, text } of this.pages) {
      this.#truth.pages.forget(space, page);
      text.drop();
    }
    if (this.#written) this.#truth.forget(this.touched);
  }

  #touched(): readonly Place[] {
    return [...this.#places.values()].filter(isTouched);
  }

  #take(space: SpaceTruth): Place {
    const place: Place = { space, state: space.state, changes: 0, puts: new Map() };
    this.#places.set(space.id, place);
    return place;
  }
}

function isTouched({ changes, puts }: Place): boolean {
  return changes > 0 || puts.size > 0;
}

function nameOf({ doc, map, key }: SpacePut): string {
  return `${doc}/${map}/${key}`;
}

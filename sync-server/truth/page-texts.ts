import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { documentOfPage } from '#lib/domain/pages.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { PageText } from './page-text.ts';

/** Bytes of pages, encoded, that are kept in memory; in memory each takes some four times as much. */
const most = 16 * 1024 * 1024;

type Stores = Pick<Storage, 'documents' | 'pages'>;

/** The texts of pages, loaded when somebody asks for one; those that nobody asked for longest are forgotten first. */
export class PageTexts {
  readonly #storage: Stores;
  readonly #most: number;
  /** The last asked for comes last. */
  readonly #known = new Map<string, Promise<PageText>>();
  readonly #there = new Map<string, PageText>();

  constructor(storage: Stores, mostBytes = most) {
    this.#storage = storage;
    this.#most = mostBytes;
  }

  /** How many are in memory, and their bytes. */
  get load(): { readonly pages: number; readonly bytes: number } {
    let bytes = 0;
    for (const { size } of this.#there.values()) bytes += size;
    return { pages: this.#there.size, bytes };
  }

  /** The text of a page; empty where nobody has written in it. Whether there is such a page the caller knows. */
  async of(space: SpaceId, page: PageId): Promise<PageText> {
    const name = `${space}/${page}`;
    for (;;) {
      const known = this.#known.get(name);
      this.#known.delete(name);
      const asked = known ?? this.#load(name, space, page);
      this.#known.set(name, asked);
      const text = await asked;
      // Meanwhile it may have been written by somebody who could not wait for this.
      if (this.#known.get(name) === asked) return text;
    }
  }

  /**
   * The same within a transaction, which must not wait for anybody who waits for its end. What is written in it is
   * `remember`ed.
   *
   * @param stores those of the transaction
   */
  async within(space: SpaceId, page: PageId, stores: Stores): Promise<PageText> {
    return this.#there.get(`${space}/${page}`) ?? this.#read(space, page, stores);
  }

  /** The text that is stored: whoever asks from now on is given this one. */
  remember(space: SpaceId, page: PageId, text: PageText): void {
    const name = `${space}/${page}`;
    this.#known.delete(name);
    this.#known.set(name, Promise.resolve(text));
    this.#there.set(name, text);
    this.#makeRoom(name);
  }

  /** What is in memory of it is not what is stored: it is loaded again when next asked for. */
  forget(space: SpaceId, page: PageId): void {
    const name = `${space}/${page}`;
    this.#there.get(name)?.drop();
    this.#there.delete(name);
    this.#known.delete(name);
  }

  /** Puts together what is stored of a page in many pieces. Only under the lock. */
  async compact(space: SpaceId, page: PageId): Promise<void> {
    const update = this.#there.get(`${space}/${page}`)?.compacted();
    if (update) await this.#storage.documents.compact(space, documentOfPage(page), update);
  }

  #load(name: string, space: SpaceId, page: PageId): Promise<PageText> {
    const loading = this.#read(space, page, this.#storage);
    loading.then(
      (text) => {
        if (this.#known.get(name) !== loading) return;
        this.#there.set(name, text);
        this.#makeRoom(name);
      },
      () => {
        if (this.#known.get(name) === loading) this.#known.delete(name);
      }
    );
    return loading;
  }

  async #read(space: SpaceId, page: PageId, { documents, pages }: Stores): Promise<PageText> {
    const [stored, writers] = await Promise.all([
      documents.load(space, documentOfPage(page)),
      pages.writers(space, page)
    ]);
    return new PageText({ updates: stored?.updates ?? [], writers });
  }

  #makeRoom(except: string): void {
    let { bytes } = this.load;
    for (const name of this.#known.keys()) {
      if (bytes <= this.#most) return;
      const text = this.#there.get(name);
      if (!text || name === except || text.isAhead) continue;
      bytes -= text.size;
      this.#there.delete(name);
      this.#known.delete(name);
    }
  }
}

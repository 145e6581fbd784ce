import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { indexedPage, searchPages, type FoundPage, type IndexedPage } from '#lib/yjs/page-words.ts';
import type { Bench } from '../work/bench.ts';
import type { Pages } from './pages.svelte.ts';
import type { PageRow } from './page-rows.ts';

/** Whose pages are searched. */
interface Searched {
  readonly id: SpaceId;
  readonly pages: { readonly rows: readonly PageRow[] };
}

/** PV3: searches the pages of a TwinSpace, without a network: each is read once for each text that it has had. */
export class PageSearch {
  /** What was found for what was asked last; undefined while nothing is. */
  found: readonly FoundPage<PageId>[] | undefined = $state.raw();
  readonly #work: Bench & { readonly pages: Pages };
  readonly #indexed = new Map<PageId, { readonly of: string; readonly page: IndexedPage<PageId> }>();
  #asked = 0;

  constructor(work: Bench & { readonly pages: Pages }) {
    this.#work = work;
  }

  /** @param words as they were typed; empty: nothing is searched any more */
  ask(space: Searched, words: string): void {
    const mine = ++this.#asked;
    if (words.trim() === '') this.found = undefined;
    else void this.#find(space, words, mine);
  }

  async #find({ id: space, pages }: Searched, words: string, mine: number): Promise<void> {
    const ready: IndexedPage<PageId>[] = [];
    for (const { id, title, waits } of pages.rows) {
      const of = `${title}/${this.#work.pages.heldTo(space, id)}/${waits}`;
      const known = this.#indexed.get(id);
      const page =
        known?.of === of ? known.page : indexedPage(id, title, await this.#work.pages.read(space, id));
      this.#indexed.set(id, { of, page });
      ready.push(page);
    }
    // Whoever typed on has asked again.
    if (mine === this.#asked) this.found = searchPages(ready, words);
  }
}

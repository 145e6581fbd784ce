import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaOfParts, type MediaInPage } from '#lib/yjs/media-of-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';

/** Where the texts of pages come from. */
export interface PageTexts {
  /** Another text of the page has another name. */
  textName(space: SpaceId, page: PageId): Promise<string>;
  read(space: SpaceId, page: PageId): Promise<readonly Part[]>;
}

/** The media that stand in pages, as far as their texts are here: each is read once for each text that it has had. */
export class MediaInPages {
  readonly #texts: PageTexts;
  readonly #known = new Map<
    PageId,
    { readonly text: string; readonly media: Promise<readonly MediaInPage[]> }
  >();

  constructor(texts: PageTexts) {
    this.#texts = texts;
  }

  async of(space: SpaceId, page: PageId): Promise<readonly MediaInPage[]> {
    const text = await this.#texts.textName(space, page);
    const known = this.#known.get(page);
    if (known?.text === text) return known.media;
    const media = this.#texts.read(space, page).then(mediaOfParts);
    this.#known.set(page, { text, media });
    // What could not be read is read again.
    media.catch(() => {
      if (this.#known.get(page)?.media === media) this.#known.delete(page);
    });
    return media;
  }
}

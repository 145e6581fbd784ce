import type { FileHash, MediaId, PageId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import { digestOf, mediaOfContent } from '#lib/published/content.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { Core } from '#relay/core.ts';
import { announced } from '#relay/media/examine.ts';
import type { VisitContents } from './contents.ts';
import type { ContentsEntry } from './documents.ts';
import { pageFiles } from './page-files.ts';
import { shownMedia, type OpenVisit } from './visit-at.ts';

/** Ids that are remembered, of all pages together: some MB. */
const mostIds = 100_000;

/** Everything of a visit that is kept for without a network, relative to the visit's path. */
export interface AllOfVisit {
  readonly pages: readonly string[];
  readonly media: readonly { readonly src: string; readonly bytes: number; readonly film: boolean }[];
}

/** Which media stand in what is published: a page is read for it once, however often and by how many it is visited. */
export class MediaOfVisits {
  readonly #core: Core;
  readonly #contents: VisitContents;
  /** By the digest of what is published, which says the same for ever (PU2). */
  readonly #known = new Map<FileHash, ReadonlySet<string>>();
  #ids = 0;

  constructor(core: Core, contents: VisitContents) {
    this.#core = core;
    this.#contents = contents;
  }

  /** PU3: those in a page that this visit shows; none of any other. */
  async inPage({ state, link }: OpenVisit, page: string): Promise<ReadonlySet<string>> {
    const digest = pageIn(state, page as PageId)?.published?.digest;
    const named = link.pages === 'all' || link.pages.some((one) => one === page);
    if (digest === undefined || !named) return new Set();
    const known = this.#known.get(digest);
    if (known) return known;
    const published = await this.#core.storage.visits.published({ space: state.id, page: page as PageId });
    if (!published) return new Set();
    const content = { title: published.title, parts: JSON.parse(published.parts) as readonly Part[] };
    const found = mediaOfContent(content);
    // What was published anew meanwhile is something else.
    if ((await digestOf(content)) === digest) this.#remember(digest, found);
    return found;
  }

  /** VS6: everything that is kept for without a network. */
  async all(open: OpenVisit): Promise<AllOfVisit> {
    const { state } = open;
    const pages = ['', 'away', ...pageFiles.keys()].filter((name) => name !== 'worker.js');
    const media = new Map<string, AllOfVisit['media'][number]>();
    for (const { page } of await this.#contents.of(open)) {
      pages.push(page);
      for (const id of await this.inPage(open, page)) {
        const shown = shownMedia(state, page, id);
        for (const src of shown ? [shown.src, shown.poster].filter((one) => one !== undefined) : []) {
          const film = shown?.is !== 'picture' && src === shown?.src;
          const bytes = bytesOf(open, id as MediaId, src.endsWith('preview') ? 'preview' : 'file');
          media.set(src, { src, bytes, film });
        }
      }
    }
    return { pages, media: [...media.values()] };
  }

  /** Whether there is anything that is kept on wish alone. */
  async hasFilms(open: OpenVisit, contents: readonly ContentsEntry[]): Promise<boolean> {
    for (const { page } of contents)
      for (const id of await this.inPage(open, page)) {
        const shown = shownMedia(open.state, page, id);
        if (shown && shown.is !== 'picture') return true;
      }
    return false;
  }

  #remember(digest: FileHash, ids: ReadonlySet<string>): void {
    if (this.#known.has(digest)) return;
    this.#known.set(digest, ids);
    this.#ids += ids.size + 1;
    for (const [oldest, { size }] of this.#known) {
      if (this.#ids <= mostIds) return;
      this.#known.delete(oldest);
      this.#ids -= size + 1;
    }
  }
}

function bytesOf({ state }: OpenVisit, id: MediaId, part: MediaPart): number {
  const media = mediaIn(state, id);
  return (media && announced(media, part)?.bytes) ?? 0;
}

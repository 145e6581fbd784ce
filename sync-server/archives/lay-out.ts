import type { MediaId, PageId } from '#lib/domain/ids.ts';
import { fileEnding, kindOfMedia } from '#lib/domain/media-types.ts';
import { pagesInOrder, top } from '#lib/domain/page-order.ts';
import type { Authors } from '#lib/domain/page-origin.ts';
import type { Media, Page } from '#lib/domain/records.ts';
import { settingsOf, type SpaceState } from '#lib/domain/state.ts';
import type { TwinSpaceFile } from '#lib/protocol/archives.ts';
import type { MediaAddress, MediaPart } from '#lib/protocol/media.ts';
import {
  archivedPageDocument,
  indexDocument,
  places,
  type Archive,
  type ArchivedPage
} from '#lib/published/archive-documents.ts';
import { archiveNames } from '#lib/published/archive-names.ts';
import { archiveWords } from '#lib/published/archive-words.ts';
import type { ShownMedia } from '#lib/published/page-html.ts';
import { withoutMedia } from '#lib/published/without-media.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { Clock } from '#relay/clock.ts';
import { announced } from '#relay/media/examine.ts';
import type { MediaStore } from '#relay/media/media-store.ts';
import type { Truth } from '#relay/truth/truth.ts';
import { styles } from '#relay/visits/page-files.ts';
import { authorsIn } from './authors-in.ts';
import { membersTable } from './members-table.ts';
import type { Spool, Spooled } from './spool.ts';

/** From where what is laid out comes. */
export interface Sources {
  readonly truth: Truth;
  readonly media: MediaStore;
  readonly clock: Clock;
}

/** A file of an archive, and where its bytes are. */
export type LaidFile = { readonly name: string; readonly size: number } & (
  { readonly spooled: Spooled } | { readonly media: MediaAddress }
);

/** A whole TwinSpace as it is to be sent. */
export interface LaidOut {
  readonly files: readonly LaidFile[];
  readonly pages: number;
  readonly media: number;
  /** TH3 */
  readonly missing: number;
}

/** Media with what of them the relay has, each under its name in the archive. */
type MediaThere = ReadonlyMap<
  MediaId,
  { readonly media: Media; readonly names: ReadonlyMap<MediaPart, string> }
>;

/**
 * TH7, TH8: lays out everything of a TwinSpace that an administrator may read and that is not in the trash. Texts go into
 * the spool, page by page; of media only their names are in memory.
 */
export async function layOut(from: Sources, state: SpaceState, spool: Spool): Promise<LaidOut> {
  const files: LaidFile[] = [];
  const add = async (name: string, content: string | Uint8Array): Promise<void> => {
    const spooled = await spool.add(content);
    files.push({ name, size: spooled.size, spooled });
  };
  const [there, mediaFiles] = await mediaThere(from, state);
  const rows = rowsOf(state);
  const names = archiveNames(rows.map(({ page }) => ({ title: page.title, ending: 'html' })));
  const plain = rows.map(({ id, page, depth }, at): ArchivedPage => {
    const [draft, file] = [page.draft === true, names[at] ?? ''];
    return { id, title: page.title, depth, draft, file, coming: false, missing: 0 };
  });
  const used = new Set<string>();
  const authors = new Map<PageId, Authors>();
  const pages: ArchivedPage[] = [];
  const whole = archiveOf(from, state, plain, []);
  for (const one of plain) {
    const text = await textOf(from, state, one.id as PageId);
    // Both as they stand now: whoever writes does not wait for the disk.
    const [parts, update] = [shownParts(state, text.parts()), text.whole()];
    const inIt = new Set(mediaOfParts(parts).map(({ media }) => media as MediaId));
    authors.set(one.id as PageId, authorsIn(state, one.id as PageId, text));
    for (const id of inIt) used.add(id);
    const page = { ...one, missing: [...inIt].filter((id) => !there.get(id)?.names.has('file')).length };
    pages.push(page);
    const mediaOf = (media: string) => shownOf(there, media as MediaId, '../');
    await add(`${places.pages}/${page.file}`, archivedPageDocument(whole, page, { parts, mediaOf }));
    await add(documentName(page), update);
  }
  const archive = archiveOf(from, state, pages, galleryOf(there, used));
  await add(places.styles, styles());
  await add('members.csv', membersTable(state, archive.words.lang));
  await add(
    'twinspace.json',
    JSON.stringify(described(from, state, { rows, pages, there, authors }), null, 2)
  );
  await add(places.index, indexDocument(archive));
  const arrived = [...there.values()].filter(({ names: parts }) => parts.has('file')).length;
  return {
    files: [...files, ...mediaFiles],
    pages: pages.length,
    media: arrived,
    missing: there.size - arrived
  };
}

function documentName({ file }: ArchivedPage): string {
  return `documents/${file.replace(/\.html$/, '.bin')}`;
}

/** The pages that are not in the trash, in the order of the tree. */
function rowsOf(
  state: SpaceState
): readonly { readonly id: PageId; readonly page: Page; readonly depth: number }[] {
  const order = pagesInOrder(state);
  const under = (place: PageId | typeof top, depth: number): ReturnType<typeof rowsOf> =>
    (order.get(place) ?? []).flatMap(({ id, page }) => [{ id, page, depth }, ...under(id, depth + 1)]);
  return under(top, 0);
}

async function textOf(from: Sources, { id }: SpaceState, page: PageId) {
  const text = await from.truth.pages.of(id, page);
  await text.settled();
  return text;
}

/** What stands in a page, without what is in the trash. */
function shownParts(state: SpaceState, parts: readonly Part[]): readonly Part[] {
  const { media } = state.members;
  return withoutMedia(parts, (id) => media.has(id) && media.get(id)?.removed === undefined);
}

async function mediaThere(from: Sources, state: SpaceState): Promise<[MediaThere, readonly LaidFile[]]> {
  const all = [...state.members.media]
    .filter(([, { removed }]) => !removed)
    .sort(([one, { on }], [other, media]) => on.localeCompare(media.on) || one.localeCompare(other));
  const found: { id: MediaId; part: MediaPart; size: number; ending: string; title: string }[] = [];
  for (const [key, media] of all) {
    const id = key as MediaId;
    for (const part of ['file', 'preview'] as const) {
      const said = announced(media, part);
      const at = { space: state.id, media: id, part };
      if (!said || !media.here?.[part] || !(await from.media.has(at))) continue;
      found.push({
        id,
        part,
        size: said.bytes,
        ending: fileEnding(said.kind),
        title: part
      });
    }
  }
  const names = archiveNames(found);
  const there = new Map(
    all.map(([id, media]) => [id as MediaId, { media, names: new Map<MediaPart, string>() }])
  );
  const files = found.map(({ id, part, size }, at): LaidFile => {
    const name = `${places.media}/${names[at] ?? ''}`;
    there.get(id)?.names.set(part, name);
    return { name, size, media: { space: state.id, media: id, part } };
  });
  return [there, files];
}

function shownOf(there: MediaThere, id: MediaId, toTop: '' | '../'): ShownMedia | undefined {
  const found = there.get(id);
  if (!found) return undefined;
  const { width, height } = found.media;
  const is = kindOfMedia(found.media);
  const [file, preview] = [found.names.get('file'), found.names.get('preview')];
  const src = file ?? (is === 'picture' ? preview : undefined);
  if (src === undefined) return undefined;
  const still = is === 'film' && preview !== undefined ? { poster: toTop + preview } : {};
  return { is, src: toTop + src, width, height, ...still };
}

/** Media that stand in no page. */
function galleryOf(there: MediaThere, used: ReadonlySet<string>): Archive['gallery'] {
  return [...there.keys()].flatMap((id) => {
    const shown = used.has(id) ? undefined : shownOf(there, id, '');
    return shown ? [{ shown, alt: '' }] : [];
  });
}

function archiveOf(
  from: Sources,
  state: SpaceState,
  pages: readonly ArchivedPage[],
  gallery: Archive['gallery']
): Archive {
  const lang = settingsOf(state).languages[0] ?? '';
  const title = state.members.meta.get('space')?.name ?? '';
  const words = archiveWords(lang);
  return { title, made: from.clock.today(), lang: lang || words.lang, words, pages, gallery, notes: [] };
}

function described(
  from: Sources,
  state: SpaceState,
  {
    rows,
    pages,
    there,
    authors
  }: {
    readonly rows: ReturnType<typeof rowsOf>;
    readonly pages: readonly ArchivedPage[];
    readonly there: MediaThere;
    readonly authors: ReadonlyMap<PageId, Authors>;
  }
): TwinSpaceFile {
  return {
    format: 'twinspace',
    version: 1,
    name: state.members.meta.get('space')?.name ?? '',
    languages: [...settingsOf(state).languages],
    made: from.clock.today(),
    pages: rows.flatMap(({ id, page: { title, parent, draft } }, at) => {
      const page = pages[at];
      if (!page) return [];
      const html = `${places.pages}/${page.file}`;
      return [
        {
          page: id,
          title,
          ...(parent && { parent }),
          ...(draft && { draft }),
          ...authors.get(id),
          html,
          document: documentName(page)
        }
      ];
    }),
    media: [...there].map(([media, { media: record, names }]) => {
      const { owner, on, kind, hash, bytes, width, height, seconds } = record;
      const [file, preview] = [names.get('file'), names.get('preview')];
      return {
        media,
        owner,
        on,
        kind,
        hash,
        bytes,
        width,
        height,
        ...(seconds !== undefined && { seconds }),
        ...(file !== undefined && { file }),
        ...(preview !== undefined && { preview })
      };
    })
  };
}

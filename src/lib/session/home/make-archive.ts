import type { MediaId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { fileEnding, kindOfMedia } from '#lib/domain/media-types.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import {
  archivedPageDocument,
  indexDocument,
  places,
  type Archive,
  type ArchivedPage
} from '#lib/published/archive-documents.ts';
import { archiveNames, plainName } from '#lib/published/archive-names.ts';
import { archiveWords } from '#lib/published/archive-words.ts';
import type { ShownMedia } from '#lib/published/page-html.ts';
import around from '#lib/published/published.css?raw';
import { publishedStyles, type StyleSources } from '#lib/published/styles.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { OwnWork } from '#lib/yjs/own-work.ts';
import { writeZip, type ZipEntry } from '#lib/zip/write-zip.ts';
import { done, problemOf, type Result } from '../device/result.ts';
import type { Reading, TakenPage } from './taken-page.ts';

/** What goes into a file to be taken home. */
export interface Taking {
  readonly space: SpaceId;
  readonly title: string;
  /** BCP 47, of the pages. */
  readonly lang: string;
  readonly pages: readonly TakenPage[];
  /** Media that stand in it for themselves. */
  readonly gallery: readonly MediaId[];
  /** TH4: whose portfolio it is. */
  readonly own?: OwnWork | undefined;
  /** TH3: what else is to be said of what is not in it. */
  readonly notes: readonly string[];
  /** The app's own style sheets. */
  readonly styles: Pick<StyleSources, 'tokens' | 'text'>;
}

/** What ends it, and who is told how far it is, in files. */
export interface Going {
  readonly stop: AbortSignal;
  readonly step: (done: number, of: number) => void;
}

/** Bytes that are read at a time. */
const stretch = 1024 * 1024;

/**
 * TH1–TH5: a ZIP of what is on this device, made here.
 *
 * @returns undefined where it was stopped
 */
export async function makeArchive(
  work: Reading,
  taking: Taking,
  going: Going
): Promise<Result<File> | undefined> {
  try {
    const zip = await writeZip(entriesOf(work, taking, going), new Date(`${work.today}T00:00`));
    const name = [plainName(taking.title) || 'twinspace', work.today].join('-');
    return done(new File([zip], `${name}.zip`, { type: zip.type }));
  } catch (error) {
    return going.stop.aborted ? undefined : problemOf(error);
  }
}

/** A file of media as it is to lie there. */
interface PlannedFile {
  readonly id: MediaId;
  readonly part: MediaPart;
  readonly file: string;
}

/** Media first: what the pages say is what then is really there. */
async function* entriesOf(
  work: Reading,
  taking: Taking,
  { stop, step }: Going
): AsyncGenerator<ZipEntry, void, void> {
  const plan = planned(work, taking);
  const of = plan.length + taking.pages.length + 2;
  let at = 0;
  const next = (): void => {
    stop.throwIfAborted();
    work.stillAtWork();
    step(++at, of);
  };
  const there = new Map<string, string>();
  for (const { id, part, file } of plan) {
    next();
    const blob = await work.media.read(id, part);
    if (!blob) continue;
    there.set(`${id}.${part}`, file);
    yield { name: `${places.media}/${file}`, content: bytesOf(blob, stop) };
  }
  const archive = archiveOf(work, taking, there);
  for (const [index, page] of archive.pages.entries()) {
    next();
    const parts = taking.pages[index]?.parts ?? [];
    const mediaOf = (id: string) => shownAs(work, taking, there, id as MediaId, '../');
    const content = archivedPageDocument(archive, page, { parts, mediaOf, own: taking.own });
    yield { name: `${places.pages}/${page.file}`, content };
  }
  next();
  yield { name: places.styles, content: publishedStyles({ ...taking.styles, around }) };
  next();
  yield { name: places.index, content: indexDocument(archive) };
}

function planned(work: Reading, { space, pages, gallery }: Taking): readonly PlannedFile[] {
  const state = work.stateOf(space);
  const words = new Map<string, string>();
  for (const { parts } of pages)
    for (const { media, alt } of mediaOfParts(parts)) if (!words.get(media)) words.set(media, alt);
  const files = [...new Set([...words.keys(), ...gallery])].flatMap((key) => {
    const id = key as MediaId;
    const media = mediaIn(state, id);
    const best = work.media.best(id);
    if (!media || best === undefined) return [];
    const is = kindOfMedia(media);
    const parts: MediaPart[] =
      best === 'file'
        ? ['file', ...(is === 'film' ? (['preview'] as const) : [])]
        : is === 'picture'
          ? [best]
          : [];
    return parts.flatMap((part) => {
      const kind = part === 'file' ? media.kind : media.preview?.kind;
      return kind ? [{ id, part, title: words.get(id) ?? '', ending: fileEnding(kind) }] : [];
    });
  });
  const names = archiveNames(files);
  return files.map(({ id, part }, index) => ({ id, part, file: names[index] ?? '' }));
}

function archiveOf(work: Reading, taking: Taking, there: ReadonlyMap<string, string>): Archive {
  const { title, lang, gallery, notes } = taking;
  const files = archiveNames(taking.pages.map((page) => ({ title: page.title, ending: 'html' })));
  const pages = taking.pages.map(({ id, title, depth, draft, coming, media }, index): ArchivedPage => {
    const missing = media.filter((one) => !there.has(`${one}.file`)).length;
    return { id, title, depth, draft, coming, missing, file: files[index] ?? '' };
  });
  const alts = new Map(
    taking.pages.flatMap(({ parts }) => mediaOfParts(parts)).map(({ media, alt }) => [media, alt])
  );
  return {
    title,
    made: work.today,
    lang,
    words: archiveWords(lang),
    pages,
    gallery: gallery.flatMap((id) => {
      const shown = shownAs(work, taking, there, id, '');
      return shown ? [{ shown, alt: alts.get(id) ?? '' }] : [];
    }),
    notes
  };
}

function shownAs(
  work: Reading,
  { space }: Taking,
  there: ReadonlyMap<string, string>,
  id: MediaId,
  toTop: '' | '../'
): ShownMedia | undefined {
  const media = mediaIn(work.stateOf(space), id);
  if (!media) return undefined;
  const is = kindOfMedia(media);
  const [file, preview] = (['file', 'preview'] as const).map((part) => there.get(`${id}.${part}`));
  const found = file ?? (is === 'picture' ? preview : undefined);
  if (found === undefined) return undefined;
  const to = (name: string): string => `${toTop}${places.media}/${name}`;
  const { width, height } = media;
  const still = is === 'film' && preview !== undefined ? { poster: to(preview) } : {};
  return { is, src: to(found), width, height, ...still };
}

/** A stretch at a time. */
async function* bytesOf(blob: Blob, stop: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  for (let at = 0; at < blob.size; at += stretch) {
    stop.throwIfAborted();
    yield new Uint8Array(await blob.slice(at, at + stretch).arrayBuffer());
  }
}

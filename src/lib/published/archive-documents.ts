import type { CalendarDate } from '#lib/domain/dates.ts';
import type { OwnWork } from '#lib/yjs/own-work.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { ArchiveWords } from './archive-words.ts';
import { escaped, mediaHtml, pageHtml, type ShownMedia } from './page-html.ts';

/** A page in an archive. */
export interface ArchivedPage {
  readonly id: string;
  readonly title: string;
  /** 0 at the top. */
  readonly depth: number;
  readonly draft: boolean;
  /** Its file, within the folder of pages. */
  readonly file: string;
  /** TH3: of its text not all is there. */
  readonly coming: boolean;
  /** TH3: how many of its pictures, films and sounds are not there, or only small. */
  readonly missing: number;
}

/** Media that stand in an archive for themselves. */
export interface ArchivedMedia {
  /** Relative to the archive's first page. */
  readonly shown: ShownMedia;
  readonly alt: string;
}

/** What is carried home. */
export interface Archive {
  readonly title: string;
  readonly made: CalendarDate;
  /** BCP 47, of the pages. */
  readonly lang: string;
  readonly words: ArchiveWords;
  readonly pages: readonly ArchivedPage[];
  /** All media of whoever made them, or those that stand in no page. */
  readonly gallery: readonly ArchivedMedia[];
  /** TH3, TH4: what else is to be said of what is not in it. */
  readonly notes: readonly string[];
}

/** TH2: where everything of an archive lies. */
export const places = { pages: 'pages', media: 'media', styles: 'style.css', index: 'index.html' } as const;

/** TH2, TH3: the first page: contents, what is not there, and media for themselves. */
export function indexDocument(archive: Archive): string {
  const { title, made, words, pages, gallery } = archive;
  const list =
    pages.length === 0
      ? `<p>${escaped(words.empty)}</p>`
      : `<nav aria-label="${escaped(words.allPages)}"><ul class="contents">${pages.map(entryHtml).join('')}</ul></nav>`;
  const main = `<h1>${escaped(title)}</h1><p class="day">${escaped(words.made(made))}</p>${list}${galleryHtml(words, gallery)}${missingHtml(archive)}`;
  return framed(archive, title, '', main);

  function entryHtml({ title, depth, draft, file }: ArchivedPage): string {
    const sign = draft ? ` <span class="sign">${escaped(words.draft)}</span>` : '';
    return `<li class="in-${Math.min(depth, 4)}"><a href="${places.pages}/${file}">${escaped(title)}${sign}</a></li>`;
  }
}

/** TH2: one page, with the one before and the one after it. */
export function archivedPageDocument(
  archive: Archive,
  page: ArchivedPage,
  { parts, mediaOf, own }: PageBody
): string {
  const { words, pages, lang } = archive;
  const files = new Map(pages.map((one) => [one.id, one.file]));
  const html = pageHtml(parts, {
    linkTo: (id) => files.get(id),
    mediaOf,
    words,
    ...(own && { own })
  });
  const at = pages.findIndex(({ id }) => id === page.id);
  const [before, after] = [pages[at - 1], pages[at + 1]];
  const more = [
    before &&
      `<a rel="prev" href="${before.file}">← ${escaped(words.previous)}: ${escaped(before.title)}</a>`,
    `<a href="../${places.index}">${escaped(words.allPages)}</a>`,
    after && `<a rel="next" href="${after.file}">${escaped(words.next)}: ${escaped(after.title)} →</a>`
  ];
  const notes = [
    ...(page.draft ? [words.draftNote] : []),
    ...(own ? [words.ownMark(own.name)] : []),
    ...(page.coming ? [words.comingNote] : []),
    ...(page.missing > 0 ? [words.missingNote(page.missing)] : [])
  ];
  const said = notes.map((note) => `<p class="note">${escaped(note)}</p>`).join('');
  const main = `<article lang="${escaped(lang)}"><h1 data-say>${escaped(page.title)}</h1><div lang="${words.lang}">${said}</div><div class="page-text">${html}</div></article><nav class="more" aria-label="${escaped(words.allPages)}">${more.filter(Boolean).join('')}</nav>`;
  return framed(archive, `${page.title} · ${archive.title}`, '../', main);
}

/** What stands in a page. */
export interface PageBody {
  readonly parts: readonly Part[];
  /** Relative to the folder of pages. */
  readonly mediaOf: (media: string) => ShownMedia | undefined;
  readonly own?: OwnWork | undefined;
}

function galleryHtml(words: ArchiveWords, gallery: readonly ArchivedMedia[]): string {
  if (gallery.length === 0) return '';
  const figures = gallery.map(({ shown, alt }) => {
    const below = alt === '' ? '' : `<figcaption>${escaped(alt)}</figcaption>`;
    return `<figure>${mediaHtml(shown, alt)}${below}</figure>`;
  });
  return `<section><h2>${escaped(words.gallery)}</h2><div class="gallery page-text">${figures.join('')}</div></section>`;
}

function missingHtml({ words, pages, notes }: Archive): string {
  const lines = [
    ...notes,
    ...pages.filter(({ coming }) => coming).map(({ title }) => words.comingIn(title)),
    ...pages.filter(({ missing }) => missing > 0).map(({ title, missing }) => words.missingIn(title, missing))
  ];
  if (lines.length === 0) return '';
  return `<section><h2>${escaped(words.notThere)}</h2><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></section>`;
}

/** Nothing in it runs, whatever opens it. */
const policy = "script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'";

function framed({ words, title: whole }: Archive, title: string, toTop: '' | '../', main: string): string {
  const top =
    toTop === '' ? '' : `<header class="top"><a href="../${places.index}">${escaped(whole)}</a></header>`;
  return `<!doctype html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${toTop}${places.styles}">
</head>
<body>
<a class="skip" href="#main">${escaped(words.skip)}</a>
${top}
<main id="main" tabindex="-1">${main}</main>
<footer><p>${escaped(words.foot)}</p></footer>
</body>
</html>
`;
}

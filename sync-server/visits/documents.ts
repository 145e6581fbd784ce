import type { CalendarDate } from '#lib/domain/dates.ts';
import type { PageId, VisitId } from '#lib/domain/ids.ts';
import { escaped, pageHtml, type ShownMedia } from '#lib/published/page-html.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { VisitWords } from './words.ts';

/** What stands around everything that a visitor is shown. */
export interface Frame {
  readonly visit: VisitId;
  readonly words: VisitWords;
  /** The TwinSpace's name; absent for whoever has not opened the link. */
  readonly space?: string;
}

/** A page in the order in which visitors read. */
export interface ContentsEntry {
  readonly page: PageId;
  readonly title: string;
  /** 0 at the top. */
  readonly depth: number;
}

/** PU3: a page as it is published, with what the visit shows around it. */
export interface ShownPage {
  readonly entry: ContentsEntry;
  readonly on: CalendarDate;
  /** BCP 47, of the page. */
  readonly lang: string;
  readonly parts: readonly Part[];
  readonly mediaOf: (media: string) => ShownMedia | undefined;
  readonly contents: readonly ContentsEntry[];
}

/** The contents: every page of the visit, in the order of the tree. */
export function contentsDocument(
  frame: Frame,
  contents: readonly ContentsEntry[],
  hasFilms: boolean
): string {
  const { words, space = '' } = frame;
  const list =
    contents.length === 0
      ? `<p>${escaped(words.empty)}</p>`
      : `<nav aria-label="${escaped(words.allPages)}">${listOf(contents)}</nav>`;
  const films = `<button type="button" data-films${hasFilms ? ' data-some' : ''} hidden>${escaped(words.filmsKeep)}</button>`;
  return framed(frame, space, `<h1>${escaped(space)}</h1>${list}${keptLine(words, films)}`);
}

/** One page, with the one before and the one after it. */
export function pageDocument(frame: Frame, shown: ShownPage): string {
  const { words } = frame;
  const { entry, on, lang, parts, mediaOf, contents } = shown;
  const there = new Set<string>(contents.map(({ page }) => page));
  const html = pageHtml(parts, { linkTo: (page) => (there.has(page) ? page : undefined), mediaOf, words });
  const at = contents.findIndex(({ page }) => page === entry.page);
  const [before, after] = [contents[at - 1], contents[at + 1]];
  const more = [
    before &&
      `<a rel="prev" href="${before.page}">← ${escaped(words.previous)}: ${escaped(before.title)}</a>`,
    `<a href="./">${escaped(words.allPages)}</a>`,
    after && `<a rel="next" href="${after.page}">${escaped(words.next)}: ${escaped(after.title)} →</a>`
  ];
  const main = `<article lang="${escaped(lang)}"><h1 data-say>${escaped(entry.title)}</h1><p class="day" lang="${words.lang}">${escaped(words.since(on))}</p><div class="page-text">${html}</div></article><nav class="more">${more.filter(Boolean).join('')}</nav>${keptLine(words, '')}`;
  const top = `<header class="top"><a href="./">${escaped(frame.space ?? '')}</a>${aloudButton(words)}</header>`;
  return framed(frame, `${entry.title} · ${frame.space ?? ''}`, main, { top });
}

/** Where somebody stands who has not opened the link, or whom it opens nothing any more. */
export function doorDocument(frame: Frame, door: Door): string {
  const { words, visit } = frame;
  const [title, text] = {
    closed: [words.doorTitle, words.doorText],
    unknown: [words.unknownTitle, words.otherLink],
    revoked: [words.revokedTitle, words.otherLink],
    expired: [words.expiredTitle, words.otherLink],
    missing: [words.missingTitle, words.missingText],
    busy: [words.busyTitle, words.busyText],
    away: [words.awayTitle, words.awayText]
  }[door.is] as [string, string];
  const form =
    door.is === 'closed' || door.is === 'unknown'
      ? `<form method="post" action="/v/${visit}/"><label>${escaped(words.code)}<input name="secret" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="200"></label><button class="main">${escaped(words.open)}</button></form>`
      : '';
  const back = door.is === 'missing' ? `<p><a href="./">${escaped(words.allPages)}</a></p>` : '';
  return framed(frame, title, `<h1>${escaped(title)}</h1><p>${escaped(text)}</p>${form}${back}`, {
    ended: door.ended === true
  });
}

export interface Door {
  readonly is: 'closed' | 'unknown' | 'revoked' | 'expired' | 'missing' | 'busy' | 'away';
  /** What this browser has kept of the visit goes. */
  readonly ended?: boolean;
  /** With which it was told that the link has ended. */
  readonly pass?: string;
}

function framed(
  { visit, words, space }: Frame,
  title: string,
  main: string,
  { top = '', ended = false } = {}
): string {
  const foot = space === undefined ? '' : `<footer><p>${escaped(words.foot)}</p></footer>`;
  return `<!doctype html>
<html lang="${words.lang}"${ended ? ' data-ended' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="format-detection" content="telephone=no">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/v/${visit}/visit.css">
<script type="module" src="/v/${visit}/visit.js"></script>
</head>
<body>
<a class="skip" href="#main">${escaped(words.skip)}</a>
${top}
<main id="main" tabindex="-1">${main}</main>
${foot}
</body>
</html>
`;
}

function aloudButton({ aloud, aloudStop }: VisitWords): string {
  return `<button type="button" data-aloud data-start="${escaped(aloud)}" data-stop="${escaped(aloudStop)}" hidden>${escaped(aloud)}</button>`;
}

function keptLine(words: VisitWords, more: string): string {
  return `<p class="kept" role="status" data-kept hidden>${escaped(words.kept)}</p>${more}`;
}

/** As lists in lists. */
function listOf(entries: readonly ContentsEntry[], depth = 0): string {
  const items: string[] = [];
  for (let at = 0; at < entries.length;) {
    const entry = entries[at];
    if (!entry) break;
    const end = entries.findIndex((one, index) => index > at && one.depth <= entry.depth);
    const below = entries.slice(at + 1, end === -1 ? entries.length : end);
    const under = below.length === 0 ? '' : listOf(below, depth + 1);
    items.push(`<li><a href="${entry.page}">${escaped(entry.title)}</a>${under}</li>`);
    at += below.length + 1;
  }
  return `<ul${depth === 0 ? ' class="contents"' : ''}>${items.join('')}</ul>`;
}

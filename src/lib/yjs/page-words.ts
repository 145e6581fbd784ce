import type { ListItem, Paragraph, Part, Run } from './page-tree.ts';

/** A piece of a text, and whether it is what was searched for. */
export interface Stretch {
  readonly text: string;
  readonly hit: boolean;
}

/** A page made ready for searching, once for each text that it has had. */
export interface IndexedPage<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly text: string;
  readonly foldedTitle: string;
  readonly foldedText: string;
}

/** A page in which every word was found. */
export interface FoundPage<Id extends string = string> {
  readonly id: Id;
  readonly title: readonly Stretch[];
  /** What stands around the first hit in the text; empty where only the title has one. */
  readonly excerpt: readonly Stretch[];
}

/** Words of a search that count; of more, the first ones. */
const mostWords = 8;
/** Pages whose excerpts are made: more than that nobody reads. */
const mostExcerpts = 50;
/** Characters before the hit, and in all. */
const before = 40;
const around = 160;

/** The words of a page, a line for each block, cell entry and caption. */
export function pageWords(parts: readonly Part[]): string {
  return parts.flatMap(linesOf).join('\n');
}

/** PV3: a page as it is searched. */
export function indexedPage<Id extends string>(
  id: Id,
  title: string,
  parts: readonly Part[]
): IndexedPage<Id> {
  const text = pageWords(parts);
  return { id, title, text, foldedTitle: folded(title), foldedText: folded(text) };
}

/**
 * PV3: the pages in which every word stands, in the title or the text, without regard to accents and case: hits in titles
 * first, beginnings of words before what stands inside one; otherwise in the order in which the pages were given.
 */
export function searchPages<Id extends string>(
  pages: readonly IndexedPage<Id>[],
  search: string
): readonly FoundPage<Id>[] {
  const words = wordsOf(search);
  if (words.length === 0) return [];
  return pages
    .flatMap((page) => {
      const ranks = words.map((word) => rankOf(page, word));
      return ranks.every((rank) => rank > 0) ? [{ page, rank: ranks.reduce((a, b) => a + b, 0) }] : [];
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ page }, at) => ({
      id: page.id,
      title: stretches(page.title, words),
      excerpt: at < mostExcerpts ? excerptOf(page, words) : []
    }));
}

/** Small letters without accents: who types "rio" finds Río. */
export function folded(text: string): string {
  return text.replace(/[^\u0000-\u007f]/gu, foldedSign).toLowerCase();
}

const signs = new Map<string, string>();

function foldedSign(sign: string): string {
  const known = signs.get(sign);
  if (known !== undefined) return known;
  const fresh = sign.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (signs.size < 5_000) signs.set(sign, fresh);
  return fresh;
}

function wordsOf(search: string): readonly string[] {
  const words = folded(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, mostWords);
}

/** 0: nowhere. */
function rankOf({ foldedTitle, foldedText }: IndexedPage, word: string): number {
  const inTitle = foldedTitle.indexOf(word);
  if (inTitle !== -1) return startsWord(foldedTitle, word) ? 1_000 : 600;
  if (!foldedText.includes(word)) return 0;
  return startsWord(foldedText, word) ? 20 : 10;
}

/** Whether one of the text's words begins so. */
function startsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true;
  }
  return false;
}

function excerptOf({ text, foldedText }: IndexedPage, words: readonly string[]): readonly Stretch[] {
  const firsts = words.map((word) => foldedText.indexOf(word)).filter((at) => at !== -1);
  if (firsts.length === 0) return [];
  const hit = originalAt(text, Math.min(...firsts));
  const lineStart = text.lastIndexOf('\n', hit - 1) + 1;
  const wished = Math.max(lineStart, hit - before);
  // At the beginning of a word, where one is near.
  const space = wished === lineStart ? -1 : text.slice(wished, hit).search(/\s/);
  const start = space === -1 ? wished : wished + space + 1;
  const end = Math.min(text.length, start + around);
  const shown = wholeSigns(text, start, end).replace(/\s+/g, ' ').trim();
  const lead: readonly Stretch[] = start > 0 ? [{ text: '… ', hit: false }] : [];
  const trail: readonly Stretch[] = end < text.length ? [{ text: ' …', hit: false }] : [];
  return [...lead, ...stretches(shown, words), ...trail];
}

/** Where a sign of the folded text stands in the text itself. */
function originalAt(text: string, place: number): number {
  let at = 0;
  let reached = 0;
  for (const sign of text) {
    if (reached + foldedSign(sign).length > place) return at;
    reached += foldedSign(sign).length;
    at += sign.length;
  }
  return at;
}

/** No sign is cut in two. */
function wholeSigns(text: string, start: number, end: number): string {
  const half = /[\udc00-\udfff]/;
  return text.slice(
    half.test(text[start] ?? '') ? start - 1 : start,
    half.test(text[end] ?? '') ? end + 1 : end
  );
}

/** The text in pieces, with what was searched for told apart. */
function stretches(text: string, words: readonly string[]): readonly Stretch[] {
  const small = folded(text);
  const hits = new Uint8Array(small.length);
  for (const word of words)
    for (let at = small.indexOf(word); at !== -1; at = small.indexOf(word, at + word.length))
      hits.fill(1, at, at + word.length);
  const found: { text: string; hit: boolean }[] = [];
  let place = 0;
  for (const sign of text) {
    const { length } = foldedSign(sign);
    const hit = length > 0 ? hits[place] === 1 : (found.at(-1)?.hit ?? false);
    place += length;
    const last = found.at(-1);
    if (last?.hit === hit) last.text += sign;
    else found.push({ text: sign, hit });
  }
  return found;
}

function linesOf(part: Part): readonly string[] {
  switch (part.is) {
    case 'paragraph':
    case 'heading':
      return [textOf(part.runs)];
    case 'list':
      return part.items.flatMap(linesOfItem);
    case 'quote':
    case 'callout':
      return part.paragraphs.map(({ runs }: Paragraph) => textOf(runs));
    case 'table':
      return part.rows.flatMap((row) => row.flatMap(({ parts }) => parts.flatMap(linesOf)));
    case 'media':
      return [part.caption, part.alt].filter((words) => words !== '');
    case 'rule':
      return [];
  }
}

function linesOfItem({ runs, lists }: ListItem): readonly string[] {
  return [textOf(runs), ...lists.flatMap(({ items }) => items.flatMap(linesOfItem))];
}

function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

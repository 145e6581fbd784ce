import type { BlockKind } from '#lib/yjs/page-schema.ts';
import type { Cell, List, ListItem, Paragraph, Part, Run } from '#lib/yjs/page-tree.ts';

/** What stands in a starter: a block with its text, a line, or a table by rows. */
export type StarterBlock =
  | { readonly kind: BlockKind; readonly text: string }
  | { readonly rule: true }
  | {
      readonly table: readonly (readonly string[])[];
      /** Where its headings stand; in the first row, where nothing is said. */
      readonly headings?: 'row' | 'column' | 'both';
    };

/** ON3: a pattern for a page. */
export interface Starter {
  readonly title: string;
  /** What it is for, in one line. */
  readonly what: string;
  readonly blocks: readonly StarterBlock[];
}

/** By id, in the order in which they are offered. */
export type Starters = Readonly<Record<string, Starter>>;

/** Each language is one file, loaded when somebody asks for it. */
const files = import.meta.glob<Starters>('/src/i18n/starters/*.json', { import: 'default' });

const path = (language: string): string => `/src/i18n/starters/${language}.json`;

/** ON3: those of these languages in which there are starters; where there is none of them, all in which there are. */
export function starterLanguages(wanted: readonly string[]): readonly string[] {
  const some = wanted.filter((language) => path(language) in files);
  if (some.length > 0) return some;
  return Object.keys(files).map((file) => file.replace(/^.*\/(.*)\.json$/, '$1'));
}

/** ON3: the starters of a language, without a network. */
export async function startersIn(language: string): Promise<Starters> {
  return (await files[path(language)]?.()) ?? {};
}

/** A starter as a page reads that begins with it (PG5). */
export function starterParts({ blocks }: Pick<Starter, 'blocks'>): readonly Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    const part = partOf(block);
    const last = parts.at(-1);
    const joined = last && together(last, part);
    if (joined) parts.splice(-1, 1, joined);
    else parts.push(part);
  }
  return parts;
}

function partOf(block: StarterBlock): Part {
  if ('rule' in block) return { is: 'rule' };
  if ('table' in block) {
    const { table, headings = 'row' } = block;
    const cell = (text: string, header: boolean): Cell => ({ header, parts: [paragraph(text)] });
    const isHeading = (row: number, column: number): boolean =>
      (row === 0 && headings !== 'column') || (column === 0 && headings !== 'row');
    const rows = table.map((row, at) => row.map((text, column) => cell(text, isHeading(at, column))));
    return { is: 'table', rows };
  }
  const { kind, text } = block;
  switch (kind) {
    case 'heading-2':
      return { is: 'heading', level: 2, runs: runs(text) };
    case 'heading-3':
      return { is: 'heading', level: 3, runs: runs(text) };
    case 'heading-4':
      return { is: 'heading', level: 4, runs: runs(text) };
    case 'bullet':
    case 'number':
    case 'check':
      return { is: 'list', kind, items: [item(kind, text)] };
    case 'quote':
    case 'callout':
      return { is: kind, paragraphs: [paragraph(text)] };
    case 'text':
      return paragraph(text);
  }
}

/** Neighbours of one kind are one list, quote or callout. */
function together(one: Part, next: Part): Part | undefined {
  if (one.is === 'list' && next.is === 'list' && one.kind === next.kind)
    return { ...one, items: [...one.items, ...next.items] };
  if ((one.is === 'quote' || one.is === 'callout') && next.is === one.is)
    return { ...one, paragraphs: [...one.paragraphs, ...next.paragraphs] };
  return undefined;
}

function item(kind: List['kind'], text: string): ListItem {
  return { runs: runs(text), ...(kind === 'check' && { checked: false }), lists: [] };
}

function paragraph(text: string): Paragraph {
  return { is: 'paragraph', indent: 0, runs: runs(text) };
}

function runs(text: string): readonly Run[] {
  return text === '' ? [] : [{ text, marks: [] }];
}

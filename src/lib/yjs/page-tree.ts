import * as Y from 'yjs';
import {
  attributeFits,
  elements,
  isElement,
  pageRoot,
  type BlockKind,
  type ElementName,
  type MediaSize
} from './page-schema.ts';
import { runsByClient, runsOf, type Run } from './page-runs.ts';

export type { Run };

/** Where text stands: which block it is, where that was asked for (CO2). */
interface Placed {
  readonly block?: string;
}

/** An entry of a list, with the lists below it. */
export interface ListItem extends Placed {
  readonly runs: readonly Run[];
  /** Of a list to be ticked off. */
  readonly checked?: boolean;
  readonly lists: readonly List[];
}

export interface List {
  readonly is: 'list';
  readonly kind: 'bullet' | 'number' | 'check';
  readonly items: readonly ListItem[];
}

export interface Paragraph extends Placed {
  readonly is: 'paragraph';
  readonly indent: number;
  readonly runs: readonly Run[];
}

export interface Heading extends Placed {
  readonly is: 'heading';
  readonly level: 2 | 3 | 4;
  readonly runs: readonly Run[];
}

/** A part of a page as it is read: what stood in flat blocks has its form. */
export type Part =
  | Paragraph
  | List
  | Heading
  | { readonly is: 'quote' | 'callout'; readonly paragraphs: readonly Paragraph[] }
  | { readonly is: 'table'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly is: 'rule' }
  | {
      readonly is: 'media';
      readonly media: string;
      readonly size: MediaSize;
      readonly alt: string;
      readonly caption: string;
    };

export interface Cell {
  readonly header: boolean;
  readonly parts: readonly Part[];
}

/**
 * The rows of a table that stand again at the top of each sheet of paper, and those below: the first one, where all of it
 * are headers and something is below.
 */
export function headAndBody(rows: readonly (readonly Cell[])[]): {
  readonly head: readonly (readonly Cell[])[];
  readonly body: readonly (readonly Cell[])[];
} {
  const [first, ...others] = rows;
  const isHead = first !== undefined && others.length > 0 && first.every(({ header }) => header);
  return isHead ? { head: [first], body: others } : { head: [], body: rows };
}

/** A block as it stands in the document. */
interface Block extends Placed {
  readonly kind: BlockKind;
  readonly indent: number;
  readonly checked: boolean;
  readonly runs: readonly Run[];
}

/**
 * PG5: a page as it is read, on the tablet and on the relay alike: walked once, no DOM, no editor, nothing written. What
 * the schema does not know is left out; an attribute that is missing counts as its fallback.
 *
 * @param clients whether each run tells under which clientID it was written; what was brought back bears that of whoever
 * did so
 * @param blocks whether each paragraph, heading and entry of a list tells which block it is
 */
export function pageTree(
  doc: Y.Doc,
  { clients = false, blocks = false }: { readonly clients?: boolean; readonly blocks?: boolean } = {}
): readonly Part[] {
  return partsOf(doc.getXmlFragment(pageRoot), { runs: clients ? runsByClient : runsOf, blocks });
}

/** How a block is read: its text, and whether with its id. */
interface Reading {
  readonly runs: (text: Y.XmlText) => readonly Run[];
  readonly blocks: boolean;
}

function partsOf(parent: Y.XmlFragment, read: Reading): readonly Part[] {
  const parts: Part[] = [];
  let blocks: Block[] = [];
  const close = (): void => {
    parts.push(...formed(blocks));
    blocks = [];
  };
  for (const child of elementsIn(parent)) {
    if (child.name === 'block') {
      blocks.push(blockOf(child.element, read));
      continue;
    }
    const part = partOf(child, read);
    if (!part) continue;
    close();
    parts.push(part);
  }
  close();
  return parts;
}

/** What is no block. */
function partOf({ name, element }: Known, read: Reading): Part | undefined {
  switch (name) {
    case 'rule':
      return { is: 'rule' };
    case 'media': {
      const media = valueOf<string>(element, 'media', 'media');
      if (media === '') return undefined;
      return {
        is: 'media',
        media,
        size: valueOf<MediaSize>(element, 'media', 'size'),
        alt: valueOf<string>(element, 'media', 'alt'),
        caption: valueOf<string>(element, 'media', 'caption')
      };
    }
    case 'table': {
      const rows = elementsIn(element).map((row) =>
        elementsIn(row.element).map((cell) => ({
          header: valueOf<boolean>(cell.element, 'cell', 'header'),
          parts: partsOf(cell.element, read)
        }))
      );
      return rows.some((row) => row.length > 0) ? { is: 'table', rows } : undefined;
    }
    default:
      return undefined;
  }
}

interface Known {
  readonly name: ElementName;
  readonly element: Y.XmlElement;
}

function elementsIn(parent: Y.XmlFragment): readonly Known[] {
  return parent
    .toArray()
    .flatMap((child) =>
      child instanceof Y.XmlElement && isElement(child.nodeName)
        ? [{ name: child.nodeName, element: child }]
        : []
    );
}

function blockOf(element: Y.XmlElement, read: Reading): Block {
  return {
    kind: valueOf<BlockKind>(element, 'block', 'kind'),
    indent: valueOf<number>(element, 'block', 'indent'),
    checked: valueOf<boolean>(element, 'block', 'checked'),
    runs: element.toArray().flatMap((child) => (child instanceof Y.XmlText ? read.runs(child) : [])),
    ...(read.blocks ? placeOf(element) : {})
  };
}

/** Under which clientID and clock the block was made: it keeps them for as long as it stands. */
function placeOf({ _item: item }: Y.XmlElement): Placed {
  return item ? { block: `${item.id.client}-${item.id.clock}` } : {};
}

/** Of what may be more: which block it is. */
function placed({ block }: Placed): Placed {
  return block === undefined ? {} : { block };
}

/** The attribute's value, or its fallback where it is missing or none that the schema knows. */
function valueOf<Value extends string | number | boolean>(
  element: Y.XmlElement,
  name: ElementName,
  attribute: string
): Value {
  const value: unknown = element.getAttribute(attribute);
  const known = attributeFits(name, attribute, value)
    ? value
    : elements[name].attributes[attribute]?.fallback;
  return known as Value;
}

/** Neighbours of one kind become one: a list with the lists below it, a quote of several paragraphs. */
function formed(blocks: readonly Block[]): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < blocks.length;) {
    const block = blocks[at];
    if (!block) break;
    const end = endOfRun(blocks, at, (one) => formOf(one.kind) === formOf(block.kind));
    const run = blocks.slice(at, end);
    switch (formOf(block.kind)) {
      case 'list':
        parts.push(...listsOf(run));
        break;
      case 'quote':
        parts.push({ is: 'quote', paragraphs: run.map(paragraphOf) });
        break;
      case 'callout':
        parts.push({ is: 'callout', paragraphs: run.map(paragraphOf) });
        break;
      case 'single':
        parts.push(...run.map(singleOf));
    }
    at = end;
  }
  return parts;
}

type Form = 'list' | 'quote' | 'callout' | 'single';

function formOf(kind: BlockKind): Form {
  if (kind === 'bullet' || kind === 'number' || kind === 'check') return 'list';
  return kind === 'quote' || kind === 'callout' ? kind : 'single';
}

function endOfRun(blocks: readonly Block[], start: number, same: (block: Block) => boolean): number {
  const end = blocks.findIndex((block, index) => index > start && !same(block));
  return end === -1 ? blocks.length : end;
}

/** Lists by their indents: what is further in than the entry before it stands in a list below that entry. */
function listsOf(blocks: readonly Block[]): readonly List[] {
  const lists: { is: 'list'; kind: List['kind']; items: ListItem[] }[] = [];
  for (let at = 0; at < blocks.length;) {
    const block = blocks[at];
    if (!block) break;
    const end = endOfRun(blocks, at, (one) => one.indent > block.indent);
    const kind = listKindOf(block.kind);
    const below = listsOf(blocks.slice(at + 1, end));
    const checked = kind === 'check' && { checked: block.checked };
    const item = { runs: block.runs, ...checked, lists: below, ...placed(block) };
    const last = lists.at(-1);
    if (last?.kind === kind) last.items.push(item);
    else lists.push({ is: 'list', kind, items: [item] });
    at = end;
  }
  return lists;
}

function listKindOf(kind: BlockKind): List['kind'] {
  return kind === 'number' || kind === 'check' ? kind : 'bullet';
}

function paragraphOf(block: Block): Paragraph {
  const { indent, runs } = block;
  return { is: 'paragraph', indent, runs, ...placed(block) };
}

function singleOf(block: Block): Part {
  switch (block.kind) {
    case 'heading-2':
      return { is: 'heading', level: 2, runs: block.runs, ...placed(block) };
    case 'heading-3':
      return { is: 'heading', level: 3, runs: block.runs, ...placed(block) };
    case 'heading-4':
      return { is: 'heading', level: 4, runs: block.runs, ...placed(block) };
    default:
      return paragraphOf(block);
  }
}

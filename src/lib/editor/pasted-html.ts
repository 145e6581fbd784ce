import { blockKinds, mostIndent, type BlockKind, type PlainMark } from '#lib/yjs/page-schema.ts';
import { htmlTokens, type Attributes } from './html-tokens.ts';
import { heldAddress, marksOf, tagKinds, wordLevel } from './pasted-looks.ts';
import {
  heldText,
  pasteLimits,
  type Pasted,
  type PastedBlock,
  type PastedParts,
  type PastedRun
} from './pasted.ts';

/** Elements whose text is not the page's. */
const skipped: readonly string[] = [
  ...[
    'head',
    'template',
    'svg',
    'math',
    'iframe',
    'object',
    'video',
    'audio',
    'canvas',
    'select',
    'noscript'
  ],
  ...['button', 'xml', 'applet', 'map']
];
/** Elements without an end. */
const empty: readonly string[] = [
  ...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track'],
  'wbr'
];
/** Elements that stand in a line. */
const inline =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|o:p|q|rp|rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var)$/;
/** More elements in each other are taken as one. */
const deepest = 200;

/** An entry of a list: what its first words become, and those of its further paragraphs. */
interface Item {
  kind: BlockKind;
  checked: boolean;
}

/** Where one is in what is pasted. */
interface Place {
  readonly name: string;
  readonly marks: readonly PlainMark[];
  readonly href?: string;
  readonly kind: BlockKind;
  readonly indent: number;
  readonly item?: Item;
  readonly list?: 'bullet' | 'number';
  readonly lists: number;
  readonly pre: boolean;
  /** `marker`: Word's own sign before an entry of a list. */
  readonly mutes?: 'all' | 'marker';
}

/** What is being put together; the runs grow. */
interface OpenBlock extends PastedBlock {
  readonly runs: PastedRun[];
  readonly item: Item | undefined;
}

interface OpenTable {
  readonly is: 'table';
  readonly rows: { readonly header: boolean; readonly blocks: PastedBlock[] }[][];
}

const outside: Place = { name: '', marks: [], kind: 'text', indent: 0, lists: 0, pre: false };

/**
 * PV6: what HTML of anywhere becomes in a page: blocks, tables and rules by the page's own table (PG1). Scripts, styles,
 * pictures and forms are left out; of a style only what makes a mark is read.
 */
export function pastedHtml(html: string): PastedParts {
  const reader = new Reader();
  for (const token of htmlTokens(html.slice(0, pasteLimits.read))) {
    if (reader.full) break;
    if (token.is === 'text') reader.text(token.text);
    else if (token.is === 'open') reader.open(token.name, token.attributes);
    else reader.close(token.name);
  }
  return { parts: reader.end(), cut: reader.full || html.length > pasteLimits.read };
}

class Reader {
  readonly #parts: Pasted[] = [];
  readonly #stack: Place[] = [outside];
  #block: OpenBlock | undefined;
  /** The last one that was ended: an entry of a list goes on in it. */
  #last: OpenBlock | undefined;
  /** The last one of the block: asked of the text itself, whatever grows sign by sign would be copied with each. */
  #sign = '';
  #table: OpenTable | undefined;
  #tables = 0;
  #length = 0;
  #pieces = 0;

  get full(): boolean {
    return this.#length > pasteLimits.text || this.#pieces > pasteLimits.pieces;
  }

  open(name: string, attributes: Attributes): void {
    const around = this.#stack.at(-1) ?? outside;
    if (around.mutes === undefined) this.#begin(name, attributes, around);
    if (empty.includes(name) || this.#stack.length > deepest) return;
    this.#stack.push(this.#placeIn(name, attributes, around));
  }

  close(name: string): void {
    const at = this.#stack.findLastIndex((place) => place.name === name);
    if (at <= 0) return;
    const { mutes } = this.#stack[at] ?? outside;
    this.#stack.splice(at);
    if (mutes !== undefined) return;
    if (!inline.test(name)) this.#endBlock();
    if (name === 'table' && --this.#tables === 0) this.#endTable();
  }

  text(text: string): void {
    const place = this.#stack.at(-1) ?? outside;
    if (place.mutes === 'marker' && place.item && /^\s*(?:\d+|[a-z]{1,4})[.)]/i.test(text))
      place.item.kind = 'number';
    if (place.mutes !== undefined) return;
    // Between the rows of a table stands nothing.
    if (this.#table && !this.#table.rows.at(-1)?.at(-1)) return;
    const held = heldText(place.pre ? text.replace(/\r\n?/g, '\n') : text.replace(/[ \t\r\n\f]+/g, ' '));
    this.#write(held.replaceAll('\u00a0', ' '), place);
  }

  end(): readonly Pasted[] {
    this.#endBlock();
    this.#endTable();
    return this.#parts;
  }

  /** What happens where the element stands. */
  #begin(name: string, attributes: Attributes, around: Place): void {
    if (name === 'br') {
      if (this.#block) this.#write('\n', { ...around, pre: true });
      return;
    }
    if (name === 'input' && attributes.get('type')?.toLowerCase() === 'checkbox' && around.item) {
      around.item.kind = 'check';
      around.item.checked = attributes.has('checked');
      return;
    }
    if (inline.test(name) || (empty.includes(name) && name !== 'hr')) return;
    this.#endBlock();
    if (name === 'hr' && !this.#table) this.#push({ is: 'rule' });
    if (name === 'table' && this.#tables++ === 0) this.#table = { is: 'table', rows: [] };
    // Of a table in a cell, the words.
    if (!this.#table || this.#tables > 1) return;
    if (name === 'tr') this.#table.rows.push([]);
    if (name !== 'td' && name !== 'th') return;
    if (this.#table.rows.length === 0) this.#table.rows.push([]);
    this.#table.rows.at(-1)?.push({ header: name === 'th', blocks: [] });
    this.#pieces += 1;
  }

  #placeIn(name: string, attributes: Attributes, around: Place): Place {
    const ignored = /mso-list:\s*ignore/i.test(attributes.get('style') ?? '');
    const mutes = skipped.includes(name) ? 'all' : ignored ? 'marker' : undefined;
    if (around.mutes !== undefined || mutes !== undefined)
      return { ...around, name, mutes: around.mutes ?? mutes ?? 'all' };
    const kind =
      tagKinds[name] ?? (/MsoTitle/.test(attributes.get('class') ?? '') ? 'heading-2' : around.kind);
    const heading = kind.startsWith('heading');
    const marks = marksOf(name, attributes, around.marks);
    const href = name === 'a' ? heldAddress(attributes.get('href') ?? '') : around.href;
    const place: Place = {
      ...around,
      name,
      kind,
      marks: heading ? marks.filter((mark) => mark !== 'bold') : marks,
      pre: around.pre || name === 'pre',
      ...(href !== undefined && { href })
    };
    return this.#entryIn(name, attributes, place);
  }

  /** Lists, and what this app itself has put on the clipboard. */
  #entryIn(name: string, attributes: Attributes, place: Place): Place {
    const own = blockKinds.find((kind) => kind === attributes.get('data-kind'));
    if (own !== undefined) {
      const indent = Math.min(
        Math.max(Math.trunc(Number(attributes.get('data-indent'))) || 0, 0),
        mostIndent
      );
      const item = { kind: own, checked: attributes.get('data-checked') === 'true' };
      return { ...place, kind: own, indent, item, pre: true };
    }
    if (name === 'ul' || name === 'ol')
      return { ...place, list: name === 'ol' ? 'number' : 'bullet', lists: place.lists + 1 };
    const level = wordLevel(attributes);
    if (name !== 'li' && level === undefined) return place;
    const indent = Math.min(Math.max(level ?? place.lists - 1, 0), mostIndent);
    const ticked = attributes.get('aria-checked');
    const item: Item = {
      kind: attributes.get('role') === 'checkbox' ? 'check' : (place.list ?? 'bullet'),
      checked: ticked === 'true'
    };
    return { ...place, indent, item };
  }

  #write(text: string, place: Place): void {
    const tight = !place.pre && (!this.#block || this.#sign === ' ' || this.#sign === '\n');
    const fresh = tight ? text.replace(/^ +/, '') : text;
    if (fresh === '' || (!this.#block && fresh.trim() === '')) return;
    const { runs } = (this.#block ??= this.#newBlock(place));
    const { marks, href } = place;
    const last = runs.at(-1);
    const alike = last && last.href === href && last.marks.join() === marks.join();
    if (alike) runs.splice(-1, 1, { ...last, text: last.text + fresh });
    else {
      runs.push({ text: fresh, marks, ...(href !== undefined && { href }) });
      this.#pieces += 1;
    }
    this.#sign = fresh.at(-1) ?? '';
    this.#length += fresh.length;
  }

  /** A further paragraph of an entry goes on in the entry, on a line of its own. */
  #newBlock({ kind, indent, item }: Place): OpenBlock {
    const last = this.#last;
    if (item && last?.item === item && this.#blocks().at(-1) === last) {
      last.runs.push({ text: '\n', marks: [] });
      return last;
    }
    const heads = kind.startsWith('heading');
    const block: OpenBlock = {
      is: 'block',
      kind: item && !heads ? item.kind : kind,
      indent: heads ? 0 : indent,
      checked: item?.kind === 'check' && item.checked,
      runs: [],
      item
    };
    this.#push(block);
    return block;
  }

  #blocks(): readonly Pasted[] {
    return this.#table?.rows.at(-1)?.at(-1)?.blocks ?? this.#parts;
  }

  #push(part: Pasted): void {
    const cell = this.#table?.rows.at(-1)?.at(-1);
    if (cell && part.is === 'block') cell.blocks.push(part);
    else this.#parts.push(part);
    this.#pieces += 1;
  }

  #endBlock(): void {
    const block = this.#block;
    if (!block) return;
    this.#block = undefined;
    this.#last = block;
    // What ends a line is not seen.
    for (let last = block.runs.at(-1); last; last = block.runs.at(-1)) {
      const text = last.text.trimEnd();
      block.runs.pop();
      if (text === '') continue;
      block.runs.push({ ...last, text });
      break;
    }
  }

  /** A table of one cell is how pages are laid out elsewhere: of it, the words. */
  #endTable(): void {
    const table = this.#table;
    this.#table = undefined;
    if (!table) return;
    const rows = table.rows.filter((row) => row.length > 0);
    const cells = rows.flat();
    if (cells.length === 1) this.#parts.push(...(cells[0]?.blocks ?? []));
    else if (cells.length > 0) this.#parts.push({ is: 'table', rows });
  }
}

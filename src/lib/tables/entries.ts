import type { ListChoices } from './choices.ts';
import { blocksIn } from './blocks.ts';
import type { Rows } from './columns.ts';
import { headerIn, isHeaderOnly, isRepeated, remapped } from './header.ts';
import { isWhole } from './field.ts';
import { headingOf } from './heading.ts';
import type { RowAsk } from './listed-person.ts';
import { resemblesNoName } from './no-name.ts';
import type { Table } from './read-table.ts';
import { rowsOf } from './rows-of.ts';
import { severalIn, withoutAnd } from './several.ts';
import { tidied, unnumbered } from './tidy.ts';

/** A row that may name a pupil. */
export interface Entry {
  /** In the table, from 0 on; and which part of it, where it names several. */
  readonly row: number;
  readonly part: number;
  /** As they were meant (TA15). */
  readonly cells: readonly string[];
  /** As they stand there. */
  readonly raw: readonly string[];
  /** What the row asks by itself. */
  readonly ask?: RowAsk;
}

/** The rows of a list, with its header, if it has one, and whatever names nobody. */
export interface Entries {
  readonly header: readonly string[] | undefined;
  readonly entries: readonly Entry[];
  /** Lines above the header, and those that somebody said to be no pupil. */
  readonly left: readonly string[];
  /** So often the header stands there once more. */
  readonly repeated: number;
}

/** TA9, TA12, TA14: finds the header and what is above it, and parts lines that name several. */
export function entriesOf(table: Table, choices: ListChoices): Entries {
  const lines = rowsOf(table);
  const headerAt = headerIn(lines.map((cells) => cells.map(tidied)));
  const rows = headerAt < 0 ? lines : unrolled(lines, headerAt);
  const tidy: Rows = rows.map((cells) => cells.map(tidied));
  let header = tidy[headerAt];
  let places: readonly number[] | undefined;
  const left = tidy.slice(0, Math.max(0, headerAt)).map(lineOf);
  let repeated = 0;
  const entries: Entry[] = [];
  for (const [row, cells] of tidy.entries()) {
    if (row <= headerAt) continue;
    if (header && isRepeated(cells, header)) {
      repeated++;
      places = undefined;
    } else if (header && isHeaderOnly(cells)) {
      // Right below it stands what it says more exactly; further down begins another list.
      if (entries.length === 0) left.push(lineOf(header));
      else repeated++;
      ({ header, places } = remapped(header, cells, entries.length === 0));
    } else if (choices.rows.get(row) === 'no-pupil') {
      left.push(lineOf(cells));
    } else {
      const entry = rejoined({ row, part: 0, cells, raw: rows[row] ?? [] }, header, table.delimiter);
      entries.push(places ? placed(entry, places) : entry);
    }
  }
  const found = header ? entries : parted(counted(entries), choices);
  return { header, entries: found, left, repeated };
}

/** A row as one line, to be told. */
export function lineOf(cells: readonly string[]): string {
  return cells.filter((cell) => cell !== '').join(' · ');
}

/** Under a heading for whole names a comma parts no cells: `García López, Ana,2.º A` has one cell more than its header. */
function rejoined(entry: Entry, header: readonly string[] | undefined, delimiter: string): Entry {
  if (!header || delimiter !== ',' || entry.cells.length !== header.length + 1) return entry;
  const headings = header.map(headingOf);
  const at = headings.findIndex(
    (one) => isWhole(one) || one === 'pupil' || one === 'whole' || one === 'named'
  );
  if (at < 0 || headings.includes('family')) return entry;
  const join = (cells: readonly string[]): readonly string[] => [
    ...cells.slice(0, at),
    `${cells[at]}, ${cells[at + 1]}`,
    ...cells.slice(at + 2)
  ];
  return { ...entry, cells: join(entry.cells), raw: join(entry.raw) };
}

/** The cells of a row below another header, where the first one has them. */
function placed(entry: Entry, places: readonly number[]): Entry {
  const place = (cells: readonly string[]): readonly string[] => {
    const moved: string[] = [];
    for (const [at, cell] of cells.entries()) moved[places[at] ?? at] = cell;
    return Array.from(moved, (cell) => cell ?? '');
  };
  return { ...entry, cells: place(entry.cells), raw: place(entry.raw) };
}

/** TA9: a table in which several lists stand side by side, with one below the other. */
function unrolled(rows: Rows, headerAt: number): Rows {
  const header = rows[headerAt] ?? [];
  const blocks = blocksIn(header);
  const [first] = blocks;
  if (!first) return rows;
  const below = rows.slice(headerAt + 1).flatMap((row) => blocks.map((block) => block(row)));
  const filled = below.filter((row) => row.some((cell) => cell !== ''));
  return [...rows.slice(0, headerAt), first(header), ...filled];
}

/** TA14: where most lines begin with a number or a dash none of them means anything by it. */
function counted(entries: readonly Entry[]): readonly Entry[] {
  const plain = entries.map(({ cells }) => cells.map((cell, at) => (at === 0 ? unnumbered(cell) : cell)));
  const numbered = plain.filter((cells, at) => cells[0] !== entries[at]?.cells[0]).length;
  if (numbered * 2 < entries.length) return entries;
  return entries.map((entry, at) => ({ ...entry, cells: plain[at] ?? [] }));
}

/** TA12, TA14: lines that name several are parted, or asked about, and so is a first one that names nobody. */
function parted(entries: readonly Entry[], choices: ListChoices): readonly Entry[] {
  const filled = ({ cells }: Entry): number => cells.filter((cell) => cell !== '').length;
  const narrow =
    entries.filter((entry) => filled(entry) === 1).length * 2 > entries.length || entries.length === 1;
  return entries.map(withoutAnds).flatMap((entry, at): readonly Entry[] => {
    const said = choices.rows.get(entry.row);
    const several = severalIn(entry.cells, narrow);
    if (said === 'several' || (several.is === 'sure' && said !== 'pupil')) {
      return several.names.map((name, part) => ({ row: entry.row, part, cells: [name], raw: [name] }));
    }
    if (several.is === 'maybe' && said !== 'pupil')
      return [{ ...entry, ask: { is: 'several', names: several.names } }];
    const others = entries.slice(at + 1).map(({ cells }) => cells);
    if (at === 0 && said !== 'pupil' && resemblesNoName(entry.cells, others)) {
      return [{ ...entry, ask: { is: 'no-name', says: lineOf(entry.cells) } }];
    }
    return [entry];
  });
}

function withoutAnds(entry: Entry): Entry {
  return { ...entry, cells: entry.cells.map(withoutAnd) };
}

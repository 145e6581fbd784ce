import { apart } from './apart.ts';
import { noChoices, type ListChoices } from './choices.ts';
import { columnsOf, columnsWithout } from './columns.ts';
import { entriesOf, lineOf, type Entry } from './entries.ts';
import type { Field } from './field.ts';
import { groupIn } from './group-columns.ts';
import type { ListedPerson, RowAsk } from './listed-person.ts';
import { beginsAsNoName } from './no-name.ts';
import { orderOfNames, type NameOrder } from './order-of-names.ts';
import type { Table } from './read-table.ts';
import { rolesOf } from './row-role.ts';
import { askOrder, inOrder, isUncut, nameIn, onlyGiven, type RowName } from './row-names.ts';

/** A column, and as what it was read; undefined: not used. */
export interface ReadColumn {
  /** From 0 on. */
  readonly at: number;
  /** As the list has it; empty without a header. */
  readonly heading: string;
  readonly field: Field | undefined;
  /** Its first cells. */
  readonly sample: readonly string[];
}

/** A list as it was read, with whatever was not used and what has to be said before anything is made of it. */
export interface Reading {
  readonly columns: readonly ReadColumn[];
  readonly people: readonly ListedPerson[];
  /** `columns`: what they are; `order`: which half of the names stands first. Until then no row is ready. */
  readonly asks: 'columns' | 'order' | undefined;
  /** Lines above the header or without a name, and those said to be no pupil. */
  readonly left: readonly string[];
  /** So often the header stands in the list once more. */
  readonly repeated: number;
}

/** So many cells of a column are shown. */
const sampled = 3;

/**
 * TA9–TA16: the people of a table, with what was read from which column. What somebody said counts more than what was
 * found; nothing of a row is left without a word.
 */
export function readList(table: Table, choices: ListChoices = noChoices): Reading {
  const { header, entries: lines, left, repeated } = entriesOf(table, choices);
  const cells = lines.map((entry) => entry.cells);
  const found = header ? columnsOf(header, cells) : columnsWithout(cells);
  const width = Math.max(header?.length ?? 0, ...cells.map((row) => row.length));
  const fields = Array.from({ length: width }, (_, at) =>
    choices.fields.has(at) ? choices.fields.get(at) : found.fields[at]
  );
  const both = cells.filter((row) => row[fields.indexOf('given')] && row[fields.indexOf('family')]).length;
  const loose = !header || both * 2 > cells.length;
  const entries = header ? apart(lines, fields, choices) : lines;
  const names = onlyGiven(entries.map((entry) => nameIn(entry, fields, loose)));
  const order = orderOfNames(names, fields, found.are, choices, !header && table.commaNames);
  const asks = choices.agreed
    ? undefined
    : found.are === 'guessed'
      ? 'columns'
      : order.asks
        ? 'order'
        : undefined;
  // What few rows have and no heading names is told with the row.
  const sparse = fields.map((field, at) => {
    const filled = cells.filter((row) => (row[at] ?? '') !== '').length;
    return field === undefined && !header?.[at] && filled * 3 <= cells.length;
  });
  const isNobody = namesNobody(names);
  const roleIn = rolesOf(header ?? [], fields, cells);
  const people: ListedPerson[] = [];
  const nameless: string[] = [];
  for (const [at, entry] of entries.entries()) {
    const name = names[at];
    const cell = (field: Field): string => entry.raw[fields.indexOf(field)] ?? '';
    if (!name || (isEmpty(name) && cell('username') === '')) {
      nameless.push(lineOf(entry.cells));
      continue;
    }
    const answer = choices.rows.get(entry.row);
    const ordered = answer === 'given-first' || answer === 'family-first' || typeof answer === 'object';
    const half = ordered ? answer : order.of(name);
    const over = entry.cells.filter((one, column) => one !== '' && sparse[column]).join(', ');
    const nobody = answer === undefined && isNobody(name);
    const own = nobody ? { ...entry, ask: { is: 'no-name', says: lineOf(entry.cells) } as const } : entry;
    const ask = askOf(entry.ask ? entry : own, name, order, asks !== undefined, ordered, over);
    people.push({
      line: people.length + 1,
      row: entry.row,
      part: entry.part,
      ...inOrder(name, half),
      username: cell('username'),
      password: cell('password'),
      display: cell('display'),
      role: roleIn(entry.cells),
      group: groupIn(entry.raw, fields),
      ...(ask ? { ask } : {})
    });
  }
  const columns = order.fields.map((field, at): ReadColumn => {
    const sample = cells.flatMap((row) => row[at] || []).slice(0, sampled);
    return { at, heading: header?.[at] ?? '', field, sample };
  });
  return {
    columns: columns.filter(
      ({ heading, sample, at }) => !sparse[at] && (heading !== '' || sample.length > 0)
    ),
    people,
    asks,
    left: [...left, ...nameless.filter((line) => line !== '')],
    repeated
  };
}

/** What has to be said of a row: what it asks by itself, what the whole list asks, or in which order its name is. */
function askOf(
  entry: Entry,
  name: RowName,
  order: NameOrder,
  listAsks: boolean,
  answered: boolean,
  over: string
): RowAsk | undefined {
  if (entry.ask) return entry.ask;
  if (listAsks) return { is: 'list' };
  const doubtful = order.isDoubtful(name) || isUncut(name) || over !== '';
  return doubtful && !answered ? askOrder(name, order.of(name), over) : undefined;
}

/** TA14: tells lines that name nobody from pupils: by what they begin with, and by numbers that few names have. */
function namesNobody(names: readonly RowName[]): (name: RowName) => boolean {
  const text = (name: RowName): string => (name.is === 'whole' ? name.name : `${name.first} ${name.last}`);
  const hasNumber = (name: RowName): boolean => /\d/.test(text(name));
  const few = names.filter(hasNumber).length * 3 <= names.length;
  return (name) => beginsAsNoName(text(name).trim()) || (few && hasNumber(name));
}

function isEmpty(name: RowName): boolean {
  return name.is === 'whole' ? name.name === '' : name.first === '' && name.last === '';
}

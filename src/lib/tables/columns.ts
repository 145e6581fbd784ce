import type { Field } from './field.ts';
import { folded } from './folded.ts';
import { isGivenName } from './given-names.ts';
import { headingOf, type Heading } from './heading.ts';

/** The rows of a table, cell by cell. */
export type Rows = readonly (readonly string[])[];

/** What the columns are of, and how sure that is. */
export interface Columns {
  readonly fields: readonly (Field | undefined)[];
  /** `said` by their headings; `open`: which half of a name stands first is for the rows to tell; `guessed`: not sure. */
  readonly are: 'said' | 'open' | 'guessed';
}

/** A header stands within so many rows at the beginning: titles and a date may be above it. */
const headerWithin = 10;

const namesSomebody: ReadonlySet<Heading | undefined> = new Set<Heading>([
  ...([
    'given',
    'given2',
    'family',
    'family2',
    'name',
    'name-family-first',
    'named',
    'pupil',
    'whole'
  ] as const),
  'username'
]);

/** TA9: the row that says what the columns are, among the first ones; -1 where there is none. */
export function headerIn(rows: Rows): number {
  return rows.slice(0, headerWithin).findIndex((row, at) => isHeader(row, rows.slice(at + 1)));
}

function isHeader(row: readonly string[], below: Rows): boolean {
  const filled = row.filter((cell) => cell !== '');
  const headings = filled.map(headingOf);
  const known = headings.filter((heading) => heading !== undefined).length;
  if (!headings.some((heading) => namesSomebody.has(heading))) return false;
  if (filled.length > 1) return known > 1 && known * 2 > filled.length;
  // One word over a table of several columns is its title.
  return !below.some((cells) => cells.length > row.length + 1);
}

/** TA9: says whether a row is the header once more, as in files that were joined. */
export function isRepeated(row: readonly string[], header: readonly string[]): boolean {
  return (
    row.some((cell) => cell !== '') && row.every((cell, at) => folded(cell) === folded(header[at] ?? ''))
  );
}

/** TA9: what the columns are by their headings and, where two could be of the same, by what stands in them. */
export function columnsOf(header: readonly string[], rows: Rows): Columns {
  const headings = header.map(headingOf);
  const has = (heading: Heading): boolean => headings.includes(heading);
  const family = has('family') || (has('named') && has('given')) || has('middle');
  const given = has('given') || (has('named') && family);
  const whole = wholeIn(header, headings, rows);
  const settled = headings.map((heading, at): Field | undefined => {
    switch (heading) {
      case undefined:
      case 'unused':
        return undefined;
      case 'named':
        if (has('given')) return has('family') || has('middle') ? undefined : 'family';
        return family ? 'given' : at === whole ? 'name' : undefined;
      case 'middle':
        return has('family') ? undefined : 'family';
      case 'pupil':
      case 'whole':
        if (at !== whole || (given && family)) return undefined;
        return family ? 'given' : 'name';
      case 'name':
      case 'name-family-first':
        return given && family ? undefined : heading;
      default:
        return heading;
    }
  });
  const fields = secondSurname(settled).map((field, at, all) =>
    all.indexOf(field) === at ? field : undefined
  );
  const open = fields.some((field, at) => field === 'name' && headings[at] !== 'name');
  return { fields, are: open ? 'open' : 'said' };
}

/** The column that holds whole names: of several the one with most words in it that is no list of numbers. */
function wholeIn(header: readonly string[], headings: readonly (Heading | undefined)[], rows: Rows): number {
  let [best, most] = [-1, 0];
  for (const at of header.keys()) {
    const heading = headings[at];
    if (heading !== 'named' && heading !== 'pupil' && heading !== 'whole') continue;
    const cells = rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');
    const names = cells.filter((cell) => !/\d{2}|^\d+$|@/.test(cell)).length;
    const words = cells.reduce((sum, cell) => sum + cell.split(/\s+/).length, 0) / Math.max(1, cells.length);
    if (names * 2 >= cells.length && words > most) [best, most] = [at, words];
  }
  return best;
}

/** Two columns of family names, none called the second, are the two surnames of each pupil. */
function secondSurname(fields: readonly (Field | undefined)[]): readonly (Field | undefined)[] {
  if (fields.includes('family2')) return fields;
  const first = fields.indexOf('family');
  const second = fields.indexOf('family', first + 1);
  return fields.map((field, at) => (first >= 0 && at === second ? 'family2' : field));
}

/**
 * TA12: what the columns of a list without a header seem to be: one of whole names, two with the halves of names; of more
 * it is only guessed which is which, by what stands in them. A column of running numbers is none.
 */
export function columnsWithout(rows: Rows): Columns {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const kinds = Array.from({ length: width }, (_, at) => kindOf(rows.map((row) => row[at] ?? '')));
  const counted = kinds.flatMap((kind, at) => (kind === 'few' || kind === 'numbers' ? [] : [at]));
  const named = counted.filter((at) => kinds[at] === 'names');
  const given = bestOf(
    named,
    (at) => rows.filter((row) => isGivenName((row[at] ?? '').split(' ')[0] ?? '')).length
  );
  if (counted.length <= 2 && named.length === counted.length) {
    const [first = 0, second] = named;
    const fields = kinds.map((_, at): Field | undefined => {
      if (at === first) return second === undefined ? 'name' : 'given';
      return at === second ? 'family' : undefined;
    });
    return { fields, are: 'open' };
  }
  // Where nothing tells, as school programs have it: surnames first.
  const chosen = given ?? named.at(-1);
  const families = named.filter((at) => at !== chosen);
  const fields = kinds.map((kind, at): Field | undefined => {
    if (kind === 'groups') return kinds.indexOf('groups') === at ? 'group' : undefined;
    if (at === chosen) return families.length === 0 ? 'name' : 'given';
    return at === families[0] ? 'family' : at === families[1] ? 'family2' : undefined;
  });
  return { fields, are: 'guessed' };
}

/** What most cells of a column are; `few`: the column is nearly empty, and its cells are told row by row. */
function kindOf(cells: readonly string[]): 'few' | 'numbers' | 'groups' | 'names' | 'others' {
  const filled = cells.filter((cell) => cell !== '');
  const most = (test: RegExp): boolean => filled.filter((cell) => test.test(cell)).length * 2 > filled.length;
  if (filled.length * 3 <= cells.length) return 'few';
  if (most(/^\d{1,4}(?:[.)ºª°]|\.[ºª])?$/u)) return 'numbers';
  if (most(/^\d{1,2}\s?\.?\s?[ºª°]?\s?[-.]?\s?(?:ESO|EP|EI|BACH\p{L}*)?\s?\p{L}?$/iu)) return 'groups';
  return most(/^[^\d@/]*$/) ? 'names' : 'others';
}

function bestOf(columns: readonly number[], score: (at: number) => number): number | undefined {
  let [best, most]: [number | undefined, number] = [undefined, 0];
  for (const at of columns) {
    const weight = score(at);
    if (weight > most) [best, most] = [at, weight];
  }
  return best;
}

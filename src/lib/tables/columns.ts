import type { Field } from './field.ts';
import { folded } from './folded.ts';
import { isGivenName } from './given-names.ts';
import { groupColumns } from './group-columns.ts';
import { headingOf, type Heading } from './heading.ts';
import { flagIn } from './role-flags.ts';
import { areRoleLetters } from './role-letters.ts';
import { isRole, roleOf } from './role-of.ts';

/** The rows of a table, cell by cell. */
export type Rows = readonly (readonly string[])[];

/** What the columns are of, and how sure that is. */
export interface Columns {
  readonly fields: readonly (Field | undefined)[];
  /** `said` by their headings; `open`: which half of a name stands first is for the rows to tell; `guessed`: not sure. */
  readonly are: 'said' | 'open' | 'guessed';
}

/** TA9: what the columns are by their headings and, where two could be of the same, by what stands in them. */
export function columnsOf(header: readonly string[], rows: Rows): Columns {
  const flags = header.map((heading, at) => flagIn(heading, cellsAt(rows, at)));
  const headings = header.map((heading, at) => (flags[at] ? 'unused' : headingOf(heading)));
  const groups = groupColumns(headings, rows);
  const has = (heading: Heading): boolean => headings.includes(heading);
  const family = has('family') || (has('named') && has('given')) || has('middle');
  const whole = wholeIn(header, headings, rows);
  const apart = headings.some((heading, at) => at !== whole && (heading === 'named' || heading === 'given'));
  const within = family && !apart && holdsFamily(rows, whole, headings.indexOf('family'));
  const given = has('given') || (has('named') && family && !within);
  const settled = headings.map((heading, at): Field | undefined => {
    switch (heading) {
      case undefined:
      case 'unused':
        return undefined;
      case 'named':
        if (has('given')) return has('family') || has('middle') ? undefined : 'family';
        return family && !within ? 'given' : at === whole ? 'name' : undefined;
      case 'middle':
        return has('family') ? undefined : 'family';
      case 'pupil':
      case 'whole':
        if (at !== whole || (given && family)) return undefined;
        return family && !within ? 'given' : 'name';
      case 'between':
        return family ? 'family' : undefined;
      case 'level':
      case 'group':
        return undefined;
      case 'family':
      case 'family2':
        return within && !given ? undefined : has('between') ? 'family2' : heading;
      case 'name':
      case 'name-family-first':
        return given && family ? undefined : heading;
      default:
        return heading;
    }
  });
  const once = secondSurname(settled, header).map((field, at, all) =>
    all.indexOf(field) === at ? field : undefined
  );
  const grouped = once.map((field, at) => groups.get(at) ?? field);
  const fields = withRoles(grouped, headings, rows).map((field, at) => (flags[at] ? 'role' : field));
  const open = fields.some((field, at) => field === 'name' && headings[at] !== 'name');
  // Cells beyond the header: nobody has said what they are.
  const beyond = fields
    .map((_, at) => at)
    .concat(range(fields.length, widthOf(rows)))
    .some((at) => {
      const kind = (header[at] ?? '') === '' && !fields[at] ? kindOf(cellsAt(rows, at)) : 'few';
      return kind !== 'few' && kind !== 'numbers';
    });
  return { fields, are: beyond ? 'guessed' : open ? 'open' : 'said' };
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

/** Says whether most whole names have in them what stands in the column of family names, which says it once more. */
function holdsFamily(rows: Rows, whole: number, family: number): boolean {
  if (whole < 0 || family < 0) return false;
  const both = rows.flatMap((row) =>
    row[whole] && row[family] ? [[folded(row[whole]), folded(row[family])]] : []
  );
  const holding = both.filter(([name = '', part = '']) => name !== part && ` ${name} `.includes(` ${part} `));
  return holding.length * 2 > both.length;
}

/**
 * TA11: a column of which no heading says what it is, and whose cells are roles, a pupil's among them; letters only where
 * the heading is none that is known.
 */
function withRoles(
  fields: readonly (Field | undefined)[],
  headings: readonly (Heading | undefined)[],
  rows: Rows
): readonly (Field | undefined)[] {
  if (fields.includes('role')) return fields;
  const columns = Array.from({ length: Math.max(fields.length, widthOf(rows)) }, (_, at) => fields[at]);
  const roles = columns.findIndex((field, at) => {
    if (field !== undefined) return false;
    const cells = cellsAt(rows, at);
    return areRoles(cells) || (headings[at] === undefined && areRoleLetters(cells));
  });
  return roles < 0 ? fields : columns.map((field, at) => (at === roles ? 'role' : field));
}

function areRoles(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '');
  const pupils = filled.some((cell) => isRole(cell) && roleOf(cell).is !== undefined);
  return pupils && filled.filter(isRole).length * 2 > filled.length;
}

function cellsAt(rows: Rows, at: number): readonly string[] {
  return rows.map((row) => row[at] ?? '');
}

function widthOf(rows: Rows): number {
  return Math.max(0, ...rows.map((row) => row.length));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

/** Two columns of family names with one heading, none called the second, are the two surnames of each pupil. */
function secondSurname(
  fields: readonly (Field | undefined)[],
  header: readonly string[]
): readonly (Field | undefined)[] {
  if (fields.includes('family2')) return fields;
  const first = fields.indexOf('family');
  const second = fields.indexOf('family', first + 1);
  const alike = second > first && folded(header[first] ?? '') === folded(header[second] ?? '');
  return fields.map((field, at) => (alike && at === second ? 'family2' : field));
}

/**
 * TA12: what the columns of a list without a header seem to be: one of whole names, two with the halves of names; of more
 * it is only guessed which is which, by what stands in them. A column of running numbers is none.
 */
export function columnsWithout(rows: Rows): Columns {
  const kinds = range(0, widthOf(rows)).map((at) => kindOf(cellsAt(rows, at)));
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
  // Where nothing tells, as school programs have it: surnames first; without any the column with most words.
  const chosen =
    given ??
    named.at(-1) ??
    bestOf(counted, (at) => rows.filter((row) => /\p{L}{2}/u.test(row[at] ?? '')).length);
  const families = named.filter((at) => at !== chosen);
  const fields = kinds.map((kind, at): Field | undefined => {
    if (kind === 'groups') return kinds.indexOf('groups') === at ? 'group' : undefined;
    if (kind === 'letters') return kinds.includes('groups') ? undefined : 'group';
    if (kind === 'numbers' && kinds[at + 1] === 'letters' && isRepeated(cellsAt(rows, at))) return 'level';
    if (kind === 'roles') return kinds.indexOf('roles') === at ? 'role' : undefined;
    if (at === chosen) return families.length === 0 ? 'name' : 'given';
    return at === families[0] ? 'family' : at === families[1] ? 'family2' : undefined;
  });
  return { fields, are: 'guessed' };
}

/** What most cells of a column are; `few`: the column is nearly empty, and its cells are told row by row. */
function kindOf(
  cells: readonly string[]
): 'few' | 'numbers' | 'groups' | 'letters' | 'roles' | 'names' | 'others' {
  const filled = cells.filter((cell) => cell !== '');
  const most = (test: RegExp): boolean => filled.filter((cell) => test.test(cell)).length * 2 > filled.length;
  if (filled.length * 3 <= cells.length) return 'few';
  if (most(/^\d{1,4}(?:[.)ºª°]|\.[ºª])?$/u)) return 'numbers';
  if (most(/^\d{1,2}\s?\.?\s?[ºª°]?\s?[-.]?\s?(?:ESO|EP|EI|BACH\p{L}*)?\s?\p{L}?$/iu)) return 'groups';
  if (areRoles(cells) || areRoleLetters(cells)) return 'roles';
  if (most(/^\p{L}$/u) && isRepeated(filled)) return 'letters';
  return most(/^[^\d@/]*$/) ? 'names' : 'others';
}

/** What most rows have in common with others is of a class, and of nobody's name or number. */
function isRepeated(cells: readonly string[]): boolean {
  return new Set(cells).size * 2 <= cells.length;
}

function bestOf(columns: readonly number[], score: (at: number) => number): number | undefined {
  let [best, most]: [number | undefined, number] = [undefined, 0];
  for (const at of columns) {
    const weight = score(at);
    if (weight > most) [best, most] = [at, weight];
  }
  return best;
}

import type { Rows } from './columns.ts';
import { isWhole } from './field.ts';
import { folded } from './folded.ts';
import { isGivenName } from './given-names.ts';
import { headingOf, type Heading } from './heading.ts';

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
  // Nobody is called *Apellidos y nombre*.
  const both = headings.some((one) => isWhole(one) || one === 'whole');
  if (filled.length > 1) return both || (known > 1 && known * 2 >= filled.length);
  // One word over a table of several columns is its title.
  return !below.some((cells) => cells.length > row.length + 1);
}

/** TA9: says whether a row is the header once more, as in files that were joined. */
export function isRepeated(row: readonly string[], header: readonly string[]): boolean {
  return (
    row.some((cell) => cell !== '') && row.every((cell, at) => folded(cell) === folded(header[at] ?? ''))
  );
}

/** TA9: says whether a row in a list is a header of its own: nothing but headings, of a name among them. */
export function isHeaderOnly(row: readonly string[]): boolean {
  const filled = row.filter((cell) => cell !== '');
  return (
    filled.length > 1 &&
    !filled.some(isGivenName) &&
    isHeader(row, []) &&
    filled.every((cell) => headingOf(cell) !== undefined)
  );
}

/**
 * TA9: a header together with another one further down, and where in it the columns of that one are: by the same words,
 * else by the same meaning, else behind all others.
 *
 * @param exact the other one stands right below the first, and says more exactly what that says
 */
export function remapped(
  header: readonly string[],
  other: readonly string[],
  exact: boolean
): { readonly header: readonly string[]; readonly places: readonly number[] | undefined } {
  if (exact) {
    const width = Math.max(header.length, other.length);
    const both = Array.from({ length: width }, (_, at) => other[at] || header[at] || '');
    return { header: both, places: undefined };
  }
  const all = [...header];
  const [means, wanted] = [meaningsOf(header), meaningsOf(other)];
  const places = other.map((cell, at) => {
    const same = header.findIndex((one) => folded(one) === folded(cell));
    if (same >= 0) return same;
    const meaning = wanted[at];
    const alike = meaning === undefined || meaning === 'unused' ? -1 : means.indexOf(meaning);
    return alike >= 0 ? alike : all.push(cell) - 1;
  });
  return { header: all, places };
}

/** What headings mean beside each other: a word for a name is the other half's, or the whole name's. */
function meaningsOf(header: readonly string[]): readonly (Heading | undefined)[] {
  const headings = header.map(headingOf);
  const [given, family] = [headings.includes('given'), headings.includes('family')];
  return headings.map((heading) => {
    if (heading === 'named') return family ? 'given' : given ? 'family' : 'whole';
    return heading === 'pupil' && !family && !given ? 'whole' : heading;
  });
}

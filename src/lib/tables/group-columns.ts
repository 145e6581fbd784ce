import type { Field } from './field.ts';
import { folded } from './folded.ts';
import type { Heading } from './heading.ts';

/** A class called by a letter or a number alone: of which year it is stands elsewhere. */
const bare = /^(?:\p{L}\d?|\d{1,2})$/u;
/** A year of the school without the letter of a class: `4`, `4.º`, `4º ESO`. */
const year = /^\d{1,2}\s?\.?\s?[ºª°]?(?:\s?\p{L}{2,}.*)?$/u;
/** A year of the calendar. */
const calendar = /^(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?$/;

/**
 * TA9: the columns of which a group is made. *Curso* is a group where there is no other, and goes before one that is
 * called by a bare letter or has one name in several years; a year of the calendar is none.
 */
export function groupColumns(
  headings: readonly (Heading | undefined)[],
  rows: readonly (readonly string[])[]
): ReadonlyMap<number, 'level' | 'group'> {
  const cellsOf = (at: number): readonly string[] => rows.flatMap((row) => row[at] || []);
  const most = (at: number, test: RegExp): boolean =>
    cellsOf(at).filter((cell) => test.test(cell)).length * 2 > cellsOf(at).length;
  const columns = headings.flatMap((heading, at) =>
    (heading === 'level' || heading === 'group') && cellsOf(at).length > 0 && !most(at, calendar) ? [at] : []
  );
  const called = columns.filter((at) => headings[at] === 'group');
  // *Classe* and *Sezione*: the one with the letters is the group, the other one the year.
  const lettered = called.find((at) => most(at, /^\p{L}$/u));
  const group = (called.some((at) => most(at, year)) ? lettered : undefined) ?? called[0] ?? columns.at(-1);
  if (group === undefined) return new Map();
  const levels = columns.filter((at) => at !== group && (headings[at] === 'level' || most(at, year)));
  const years = new Map<string, Set<string>>();
  for (const row of rows) {
    const name = folded(row[group] ?? '');
    if (name !== '') years.set(name, (years.get(name) ?? new Set()).add(levels.map((at) => row[at]).join()));
  }
  const joined = most(group, bare) || [...years.values()].some(({ size }) => size > 1);
  return new Map([...(joined ? levels.map((at) => [at, 'level'] as const) : []), [group, 'group']]);
}

/** TA9: the group of a row, after the year in which it is unless it says that itself. */
export function groupIn(cells: readonly string[], fields: readonly (Field | undefined)[]): string {
  const group = cells[fields.indexOf('group')] ?? '';
  const words = ` ${folded(group)} `;
  const levels = fields
    .flatMap((field, at) => (field === 'level' && cells[at] ? [cells[at]] : []))
    .filter((level) => {
      const [first = ''] = folded(level).split(' ');
      return !words.includes(` ${folded(level)} `) && !(/^\d/.test(first) && words.startsWith(` ${first}`));
    });
  return [...levels, group].filter((part) => part !== '').join(' ');
}

import { isDisplay, sameLabel } from '#lib/domain/names.ts';
import { pupilPasswordProblems } from '#lib/domain/passwords.ts';
import { isShouted, withCapitals } from '#lib/tables/capitals.ts';
import type { DraftRow } from './draft-row.ts';

/** A group that a list names, and how many of its pupils are in it. */
export interface ListedGroup {
  readonly name: string;
  readonly count: number;
}

/** CL16: the groups that a list names, each once however it is written, those that can be no group left out. */
export function listedGroups(rows: readonly DraftRow[]): readonly ListedGroup[] {
  const groups: { name: string; count: number }[] = [];
  for (const { person } of rows) {
    const name = person.group.trim();
    if (!isDisplay(name)) continue;
    const found = groups.find((group) => sameLabel(group.name, name));
    if (found) found.count++;
    else groups.push({ name, count: 1 });
  }
  return groups;
}

/** CL17: says whether the list has a password for a row that holds here (PW1). */
export function hasPassword({ person }: DraftRow): boolean {
  return person.password !== '' && pupilPasswordProblems(person.password).length === 0;
}

/** CL17: the row with the list's own password, where it holds. */
export function withListedPassword(row: DraftRow): DraftRow {
  return hasPassword(row) ? { ...row, password: row.person.password } : row;
}

/** CL17: says whether several rows have a password of the list that holds, and all of them the same. */
export function allAlike(rows: readonly DraftRow[]): boolean {
  const holding = rows.filter(hasPassword);
  return holding.length > 1 && new Set(holding.map(({ person }) => person.password)).size === 1;
}

/** CL18: says whether a name of a row is written all in capitals or all small. */
export function isRowShouted({ real, initials }: DraftRow): boolean {
  return !initials && (isShouted(real.given) || isShouted(real.family));
}

/** CL18: the names of a row with capitals where words begin; a repair of their spaces is to be made again. */
export function capitalised(row: DraftRow, tag: string | undefined): DraftRow {
  if (!isRowShouted(row)) return row;
  const given = withCapitals(row.real.given, tag);
  const family = withCapitals(row.real.family, tag);
  return { ...row, real: { given, family }, given, family };
}

/** CL18: says whether a row has a given name and nothing else. */
export function hasNoFamily({ real, family, ask }: DraftRow): boolean {
  return real.given.trim() !== '' && family.trim() === '' && ask === undefined;
}

/** CL18: a word in the family name's place, for the username; the given name alone is seen. */
export function withStandIn(row: DraftRow, word: string): DraftRow {
  return hasNoFamily(row) ? { ...row, family: word, display: row.display ?? row.real.given.trim() } : row;
}

/** The language whose capitals a list's names have; undefined: there is only one way. */
export function capitalsOf(rows: readonly DraftRow[]): string | undefined {
  return rows.some(({ real }) => /[İıŞşĞğ]/.test(`${real.given} ${real.family}`)) ? 'tr' : undefined;
}

import { nameRepairs } from '#lib/domain/names.ts';
import type { AccountId, GroupId } from '#lib/domain/ids.ts';
import type { ListedPerson } from '#lib/tables/people.ts';
import { shortNames } from '#lib/ui/names/short-names.ts';
import type { ShownProblem } from '#lib/ui/problem-words.ts';

/** The roles that a new pupil can have. */
export type PupilRole = 'pupil' | 'pupil-admin';

/** What became of a row once it was handed to be added. */
export type Fate =
  | { readonly is: 'added'; readonly account: AccountId; readonly username: string }
  | { readonly is: 'failed'; readonly problem: ShownProblem };

/** One pupil of a list, as the screen has it: what was pasted, and what will be made of it. Kept in memory only. */
export interface DraftRow {
  /** The line of the list, from 1 on. */
  readonly line: number;
  /** The name as it was pasted or typed: what the card says. Stored nowhere. */
  readonly real: { readonly given: string; readonly family: string };
  readonly given: string;
  readonly family: string;
  /** What stands in the list of members, where it does not follow from the names. */
  readonly display: string | undefined;
  /** What the list says; empty where it says nothing. */
  readonly username: string;
  readonly role: PupilRole;
  readonly password: string;
  /** Initials stand for the names (CL3). */
  readonly initials: boolean;
  readonly fate?: Fate;
}

/** What is chosen for all pupils of a list at once. */
export interface ForAll {
  readonly school: string;
  readonly group: GroupId | undefined;
}

/** A person of a list as a row; the password is made for the row. */
export function draftRow(person: ListedPerson, password: string): DraftRow {
  const { line, given, family, username, display, role } = person;
  return {
    ...{ line, real: { given, family }, given, family, username, password },
    display: display === '' ? undefined : display,
    role: role ?? 'pupil',
    initials: false
  };
}

/** CL2: the words of its names joined (`CanoRobles`) or hyphenated (`Cano-Robles`); the card says them as they were. */
export function repaired(row: DraftRow, how: 'joined' | 'hyphenated'): DraftRow {
  const repair = (name: string): string => nameRepairs(name)[how];
  return { ...row, given: repair(row.given), family: repair(row.family) };
}

/** A name typed in place. Where initials stand for the names the card goes on saying what was pasted. */
export function typed(row: DraftRow, which: 'given' | 'family', name: string): DraftRow {
  const real = row.initials ? row.real : { ...row.real, [which]: name };
  return { ...row, real, [which]: name };
}

/** CL3: initials instead of the names; the same row where a name has none. */
export function asInitials(row: DraftRow): DraftRow {
  const short = shortNames(row.real.given, row.real.family);
  return short && !row.initials ? { ...row, ...short, initials: true } : row;
}

/** The names again as they were pasted. */
export function asNames(row: DraftRow): DraftRow {
  return row.initials ? { ...row, ...row.real, display: undefined, initials: false } : row;
}

/** Whether a name has a space inside, which the two repairs take away. */
export function hasSpaces({ given, family }: DraftRow): boolean {
  return /\S\s+\S/u.test(given) || /\S\s+\S/u.test(family);
}

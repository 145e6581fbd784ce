import { nameRepairs } from '#lib/domain/names.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { PictureName } from '#lib/domain/pictures.ts';
import type { RowAnswer } from '#lib/tables/choices.ts';
import type { ListedPerson, RowAsk } from '#lib/tables/listed-person.ts';
import { shortNames } from '#lib/ui/names/short-names.ts';
import type { Problem } from '#lib/session/device/result.ts';

/** The roles that a new pupil can have. */
export type PupilRole = 'pupil' | 'pupil-admin';

/** What became of a row once it was handed to be added. */
export type Fate =
  | {
      readonly is: 'added';
      readonly account: AccountId;
      readonly username: string;
      /** The pictures that were asked for open, too. */
      readonly pictures?: readonly PictureName[];
    }
  | { readonly is: 'failed'; readonly problem: Problem };

/** One pupil of a list, as the screen has it: what was pasted, and what will be made of it. Kept in memory only. */
export interface DraftRow {
  /** Which pupil of the list this is, from 1 on. */
  readonly line: number;
  /** What the list says, as it was read. */
  readonly person: ListedPerson;
  /** What has to be said of the row first (CL15). */
  readonly ask: RowAsk | undefined;
  /** The name as it was pasted or typed: what the card says, and what is seen unless something else is chosen. */
  readonly real: { readonly given: string; readonly family: string };
  readonly given: string;
  readonly family: string;
  /** What the list itself says beside the names; empty where it says nothing. */
  readonly listed: { readonly display: string; readonly username: string; readonly role: string };
  /** What stands in the list of members, where it does not follow from the names. */
  readonly display: string | undefined;
  /** The list's username as long as nothing that was chosen later speaks against it; empty: made from the names. */
  readonly username: string;
  /** Undefined: the list says a role that is no pupil's, and nobody has said otherwise (CL11). */
  readonly role: PupilRole | undefined;
  readonly password: string;
  /** Initials stand for the names (CL3). */
  readonly initials: boolean;
  /** Whoever has these names or this username here is another person: somebody said so (CL12). */
  readonly somebodyElse?: boolean;
  readonly fate?: Fate;
}

/** CL16: whether pupils are put into the groups that their list names. */
export type ListedGroupsAnswer = 'asked' | 'yes' | 'no';

/** One reading of a name of which it is asked which half is the given one. */
type OrderReading = Extract<RowAsk, { readonly is: 'order' }>['readings'][number];

/** What is chosen for all pupils of a list at once. */
export interface ForAll {
  readonly listedGroups: ListedGroupsAnswer;
  readonly school: string;
  /** The class into which they are put: one that is here, or one that is made when they are added. Empty: none. */
  readonly className: string;
  /** Each gets four pictures, too, that open on classroom tablets (KE11). */
  readonly pictures: boolean;
}

/** A person of a list as a row; the password is made for the row. */
export function draftRow(person: ListedPerson, password: string): DraftRow {
  const { line, given, family, username, display, role, ask } = person;
  const listed = { display, username, role: role.says };
  return {
    line,
    person,
    ask,
    real: { given, family },
    listed,
    given,
    family,
    username,
    password,
    display: shownAs(display),
    role: role.is,
    initials: false
  };
}

/**
 * CL15: the rows of a list that was read anew: whoever is read as before keeps their row and what was done with it,
 * anybody else of the same place their password, a role that was chosen and initials (CL3). Where most rows have initials
 * whoever comes in gets them, too.
 */
export function rereadRows(
  before: readonly DraftRow[],
  people: readonly ListedPerson[],
  password: () => string
): readonly DraftRow[] {
  const places = new Map(before.map((row) => [placeOf(row.person), row]));
  const short = before.filter(({ initials }) => initials).length * 2 > before.length;
  return people.map((person) => {
    const row = places.get(placeOf(person));
    if (row && isSame(row.person, person)) return { ...row, line: person.line, person };
    const fresh = draftRow(person, row?.password ?? password());
    const chosen = row !== undefined && row.role !== row.person.role.is;
    const again = chosen ? { ...fresh, role: row.role } : fresh;
    return (row?.initials ?? short) ? asInitials(again) : again;
  });
}

/** Whether somebody is read as before, be it as another one of the list. */
function isSame(before: ListedPerson, person: ListedPerson): boolean {
  return JSON.stringify({ ...before, line: person.line }) === JSON.stringify(person);
}

/** Where somebody stands in the table: the same however it is read. */
export function placeOf({ row, part }: ListedPerson): string {
  return `${row}.${part}`;
}

/**
 * CL2: the words of its names joined (`CanoRobles`) or hyphenated (`Cano-Robles`), as a username needs them; what is
 * seen stays as it was written.
 */
export function repaired(row: DraftRow, how: 'joined' | 'hyphenated'): DraftRow {
  const repair = (name: string): string => nameRepairs(name)[how];
  return { ...row, given: repair(row.given), family: repair(row.family) };
}

/**
 * A name typed in place: from then on it makes the username, whatever the list said, and nothing more is asked. Where initials stand for the names
 * the card goes on saying what was pasted.
 */
export function typed(row: DraftRow, which: 'given' | 'family', name: string): DraftRow {
  const real = row.initials ? row.real : { ...row.real, [which]: name };
  return { ...row, real, [which]: name, username: '', ask: undefined };
}

/** CL3: initials instead of the names, and of what the list made of them; the same row where a name has none. */
export function asInitials(row: DraftRow): DraftRow {
  // Where a word stands for a family name (CL18) there is no other one.
  const short = shortNames(row.real.given, row.real.family.trim() || row.family);
  return short && !row.initials ? { ...row, ...short, username: '', initials: true } : row;
}

/** The names again as they were pasted, with what the list says beside them. */
export function asNames(row: DraftRow): DraftRow {
  if (!row.initials) return row;
  const { display, username } = row.listed;
  return { ...row, ...row.real, username, display: shownAs(display), initials: false };
}

/** Whether a name has a space inside, which the two repairs take away. */
export function hasSpaces({ given, family }: DraftRow): boolean {
  return /\S\s+\S/u.test(given) || /\S\s+\S/u.test(family);
}

function shownAs(display: string): string | undefined {
  return display === '' ? undefined : display;
}

/** What is answered with one of the readings of a name (TA13). */
export function answerOf({ order, givens }: OrderReading): RowAnswer {
  return givens === undefined ? order : { order, givens };
}

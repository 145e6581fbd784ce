import { columnsOf, folded, type Field } from './columns.ts';
import type { Table } from './read-table.ts';
import { splitName } from './split-name.ts';

/** A role as a list has it, and what it is here; undefined: none of a pupil's (TA11). */
export interface ListedRole {
  readonly says: string;
  readonly is: 'pupil' | 'pupil-admin' | undefined;
}

/** One person of a list, as it stands there. What the list does not say is empty. */
export interface ListedPerson {
  /** The line of the table, from 1 on, the header counted. */
  readonly line: number;
  readonly given: string;
  readonly family: string;
  readonly username: string;
  readonly display: string;
  readonly role: ListedRole;
  readonly group: string;
}

/** TA9, TA10: the people of a table, row by row. A row without any name and username is none. */
export function peopleOf(table: Table): readonly ListedPerson[] {
  const named = columnsOf(table.rows);
  // "Cano Robles, Ángel" is one name, unless a header says that its comma parts two columns.
  const columns = named.header ? named.fields.filter((field) => field !== undefined).length : 1;
  const whole = table.commaNames && columns < 2;
  const rows = whole ? table.rows.map((row) => [row.join(', ')]) : table.rows;
  const { header, fields } = columnsOf(rows);
  const people: ListedPerson[] = [];
  for (const [at, row] of rows.entries()) {
    if (header && at === 0) continue;
    const cell = (field: Field): string => row[fields.indexOf(field)] ?? '';
    const names = namesOf(cell);
    const username = cell('username');
    if (names.given === '' && names.family === '' && username === '') continue;
    people.push({
      ...{ line: at + 1, ...names, username },
      display: cell('display'),
      role: roleOf(cell('role')),
      group: cell('group')
    });
  }
  return people;
}

function namesOf(cell: (field: Field) => string): { readonly given: string; readonly family: string } {
  const [whole, familyFirst] = [cell('name'), cell('name-family-first')];
  if (whole !== '') return splitName(whole);
  if (familyFirst !== '') return splitName(familyFirst, true);
  return { given: cell('given'), family: [cell('family'), cell('family2')].join(' ').trim() };
}

/** How pupils are called where Europe's schools write lists, folded, as words begin; and in this app's own codes. */
const pupilWords =
  /(^| )(alumn|pupil|student|estudiant|eleve|eleva|elev|schuler|alun|ucz(en|ennica)|ogrenci|ikasle|mathit|μαθητ|ученик|ученичк|ученица|учен|учащ|zak|ziak|tanul|diak|oppilas|opilane|leerling|skolen|mokin|nxenes|deak|miembro|member|miembre|membro|membre|participante?)/;

/** TA11: a role in the words of this app or of Europe's schools. Where the list says nothing it is a pupil's. */
function roleOf(cell: string): ListedRole {
  const word = folded(cell);
  if (word === '') return { says: '', is: 'pupil' };
  if (!pupilWords.test(word)) return { says: cell, is: undefined };
  return { says: cell, is: /admin/.test(word) ? 'pupil-admin' : 'pupil' };
}

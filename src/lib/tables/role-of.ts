import { folded } from './folded.ts';
import { pupilLetter } from './role-letters.ts';

/** A role as a list has it, and what it is here; undefined: none of a pupil's (TA11). */
export interface ListedRole {
  readonly says: string;
  readonly is: 'pupil' | 'pupil-admin' | undefined;
}

/** How pupils are called where Europe's schools write lists, folded, with their endings; and in this app's own codes. */
const pupilWord =
  /^(?:alumn|pupil|student|estudiant|eleve?|eleva|schuler|alun|ucz(?:en|ennica|niowie)|ogrenci|ikasle|μαθητ|ученик|ученичк|ученица|учен|учащ|zak|ziak|tanul|diak|oppila|opila|leerling|skolen|mokin|nxenes|deak|miembro|member|miembre|membro|membre|participant)\p{L}{0,5}$|^(?:al|alu|alum|est|estud|stud|pup)$/u;
/** What stands beside such a word and says nothing else: endings (`alumno/a`), the class, and since when. */
const beside =
  /^(?:de|del|la|el|los|las|y|in|innen|en|eso|ep|primaria|secundaria|infantil|nuev\p{L}+|repetidor\p{L}*|matriculad\p{L}|new|\p{L}|\d+\p{L}?)$/u;
/** How the adults of a school are called, folded, as words begin. */
const adultWord =
  /(?:^| )(?:prof?(?: |$)|doc(?: |$)|profe|docent|maestr|tutor|teacher|lehr|enseign|insegn|mestr|irakasl|mestre|coordina|entrenad|coach|director|madre|padre|parent|guardian|staff|personal|admin|nauczyc|ucitel|учител|καθηγητ|ogretmen|opetaja|opettaja|skolotaj|mokytoj|larare|laerer)/u;

/**
 * TA11: a role in the words of this app or of Europe's schools. Where the list says nothing it is a pupil's; a pupil in
 * somebody else's word (`Madre de alumno`, `student teacher`) makes none.
 */
export function roleOf(cell: string): ListedRole {
  const words = folded(cell).split(' ');
  const [first = ''] = words;
  if (first === '') return { says: '', is: 'pupil' };
  const isAdmin = (word: string): boolean => word.startsWith('admin');
  const pupils = pupilWord.test(first) && words.every((word) => said(word) || isAdmin(word));
  if (!pupils) return { says: cell, is: undefined };
  return { says: cell, is: words.some(isAdmin) ? 'pupil-admin' : 'pupil' };
}

/** TA11: what the cells of a column of roles are, a single letter by those beside it. */
export function rolesIn(cells: readonly string[]): (cell: string) => ListedRole {
  const letter = pupilLetter(cells);
  return (cell) => (folded(cell) === letter ? { says: cell, is: 'pupil' } : roleOf(cell));
}

/** Says whether a cell is a role: a column of such cells tells roles, whatever its heading says. */
export function isRole(cell: string): boolean {
  return folded(cell) !== '' && (roleOf(cell).is !== undefined || adultWord.test(folded(cell)));
}

function said(word: string): boolean {
  return pupilWord.test(word) || beside.test(word);
}

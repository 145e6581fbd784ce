import { folded } from './folded.ts';

/** A role as a list has it, and what it is here; undefined: none of a pupil's (TA11). */
export interface ListedRole {
  readonly says: string;
  readonly is: 'pupil' | 'pupil-admin' | undefined;
}

/** How pupils are called where Europe's schools write lists, folded, as words begin; and in this app's own codes. */
const pupilWords =
  /(^| )(alumn|pupil|student|estudiant|eleve|eleva|elev|schuler|alun|ucz(en|ennica)|ogrenci|ikasle|mathit|μαθητ|ученик|ученичк|ученица|учен|учащ|zak|ziak|tanul|diak|oppilas|opilane|leerling|skolen|mokin|nxenes|deak|miembro|member|miembre|membro|membre|participante?)/;

/** TA11: a role in the words of this app or of Europe's schools. Where the list says nothing it is a pupil's. */
export function roleOf(cell: string): ListedRole {
  const word = folded(cell);
  if (word === '') return { says: '', is: 'pupil' };
  if (!pupilWords.test(word)) return { says: cell, is: undefined };
  return { says: cell, is: /admin/.test(word) ? 'pupil-admin' : 'pupil' };
}

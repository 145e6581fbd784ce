import { folded } from './folded.ts';

/**
 * Letters for pupils, each with those for adults that tell beside it what it stands for: *alumno*, *estudiante* and *élève*
 * beside *profesor*, *docente*, *tutor* and *maestra*; *student* and *pupil* beside *teacher*; *Schüler* and *leerling*.
 */
const pairs = [
  ['a', 'pdtm'],
  ['e', 'pdtm'],
  ['s', 'tl'],
  ['p', 't'],
  ['l', 'd']
] as const;

/** TA11: the letter that stands for pupils in cells that hold such letters and nothing else; undefined: in no others. */
export function pupilLetter(cells: readonly string[]): string | undefined {
  const said = new Set(cells.map(folded).filter((word) => word !== ''));
  const told = pairs.find(
    ([pupil, adults]) =>
      said.has(pupil) &&
      said.size > 1 &&
      [...said].every((word) => word === pupil || (word.length === 1 && adults.includes(word)))
  );
  return told?.[0];
}

/** TA11: says whether a column tells roles by letters, though nothing says so: most are pupils. */
export function areRoleLetters(cells: readonly string[]): boolean {
  const filled = cells.map(folded).filter((word) => word !== '');
  const pupil = pupilLetter(filled);
  return pupil !== undefined && filled.filter((word) => word === pupil).length * 2 > filled.length;
}

import { orderWithin } from './order.ts';

/** Whether a row names several pupils: `sure`, `maybe` (somebody has to say), or not. */
export interface Several {
  readonly names: readonly string[];
  readonly is: 'sure' | 'maybe' | 'no';
}

/** Words before the last one of several. */
const and = String.raw`(?:y|e|i|and|und|et|&)`;
const loose = new RegExp(String.raw`^${and}\s+|\s+${and}$`, 'giu');
const joint = new RegExp(String.raw`\s+${and}\s+`, 'iu');

/** TA14: a cell without the *and* before the next line of a list, or behind the one before. */
export function withoutAnd(cell: string): string {
  return cell.replace(loose, '');
}

/** The names around an *and*, where both are whole; a family name of two halves (`Ortega y Gasset`) is one. */
function jointIn(name: string): readonly string[] {
  const parts = name.split(joint);
  const whole = parts.length > 1 && parts.every((part) => orderWithin(part) === 'given-first');
  return whole ? parts : [name];
}

/**
 * TA14: the whole names in a row without headings: `Ana Gil, Iker Rey, Luz Sanz`. Sure where each of them is parted by a
 * comma of its own, or most of three and more begin with a given name; two that do may be the halves of one name.
 *
 * @param narrow the other rows have one cell
 */
export function severalIn(cells: readonly string[], narrow: boolean): Several {
  const names = cells
    .flatMap((cell) => cell.split(/\s*[;|\r\n]\s*|\s+\/\s+/u))
    .map((name) => withoutAnd(name.trim()))
    .flatMap(jointIn)
    .filter((name) => name !== '');
  const whole = names.length > 1 && names.every((name) => /[\s,]/.test(name) && !/\d|@/.test(name));
  if (!whole) return { names, is: 'no' };
  if (names.every((name) => /\p{L},\s*\p{L}/u.test(name))) return { names, is: 'sure' };
  const given = names.filter((name) => orderWithin(name) === 'given-first').length;
  if (names.length > 2) {
    if (given * 3 >= names.length * 2) return { names, is: 'sure' };
    return { names, is: narrow ? 'maybe' : 'no' };
  }
  if (given === 2) return { names, is: narrow ? 'sure' : 'maybe' };
  return { names, is: narrow && cells.length === 1 ? 'maybe' : 'no' };
}

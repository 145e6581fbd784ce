import { isFamilyName } from './family-names.ts';
import { orderWithin } from './order.ts';
import { splitName } from './split-name.ts';

/** Whether a row names several pupils: `sure`, `maybe` (somebody has to say), or not. */
export interface Several {
  readonly names: readonly string[];
  readonly is: 'sure' | 'maybe' | 'no';
}

/** Words before the last one of several; a lone capital may be an initial (`E Ruiz`). */
const loose = /^(?:[yei]|and|und|et|&)\s+|\s+(?:[yei]|(?:and|und|et)|&)$/gu;
const joint = /\s+(?:y|e|i|and|und|et|&)\s+/iu;

/** TA14: a cell without the *and* before the next line of a list, or behind the one before. */
export function withoutAnd(cell: string): string {
  return cell.replace(loose, '');
}

/** The names around an *and*, where both are whole; a family name of two halves (`Ortega y Gasset`) is one. */
function jointIn(name: string): readonly string[] {
  const parts = name.split(joint);
  const whole = parts.length > 1 && parts.every(beginsGiven);
  return whole ? parts : [name];
}

/** `Ana Gil`, `E. Ruiz`. */
function beginsGiven(name: string): boolean {
  return orderWithin(name) === 'given-first' || /^\p{Lu}\. ?\p{L}{2}/u.test(name);
}

/** Two names that may stand around an *and*: both of two words and more, or given names before one family name. */
function maybeJoint(name: string): readonly string[] {
  const parts = name.split(joint);
  const [first = '', last = ''] = parts;
  if (parts.length > 1 && parts.every((part) => part.includes(' '))) return parts;
  const siblings = parts.length === 2 && !isFamilyName(first) && orderWithin(last) === 'given-first';
  return siblings ? [`${first} ${splitName(last).family}`, last] : [];
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
  const [only = ''] = names;
  const maybe = names.length === 1 && narrow && !only.includes(',') ? maybeJoint(only) : [];
  if (maybe.length > 1) return { names: maybe, is: 'maybe' };
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

import { givenUnits, isPatronymic, unitsOf } from './name-units.ts';
import { isInCapitals, type Order } from './order.ts';

/** A name in its two halves. */
export interface Halves {
  readonly given: string;
  readonly family: string;
}

/**
 * TA10: a whole name in its two halves. A comma parts family from given name; without one the first word is the given
 * name and the rest the family name; of four words and more two are each half. A particle stays with its family name, and
 * words that are known for given names with the given one. What comes out is shown and can be changed: no rule knows
 * every name.
 *
 * @param familyFirst the family name stands first: "Apellidos y nombre"
 */
export function splitName(name: string, familyFirst = false): Halves {
  const comma = name.indexOf(',');
  if (comma >= 0) return { given: name.slice(comma + 1).trim(), family: name.slice(0, comma).trim() };
  const units = unitsOf(name);
  if (units.length < 2) return { given: units.join(' '), family: '' };
  const join = (from: number, to?: number): string => units.slice(from, to).join(' ');
  const families =
    loudUnits(familyFirst ? units : units.toReversed()) ??
    (familyFirst ? familiesBefore(units) : units.length - givensBefore(units));
  if (familyFirst) return { given: join(families), family: join(0, families) };
  return { given: join(0, units.length - families), family: join(units.length - families) };
}

/** Where the given name of a whole name stands, and how many of its units it has. */
export interface Cut {
  readonly order: Order;
  readonly givens: number;
}

/** TA13: a whole name in the halves that somebody told apart. */
export function splitAt(name: string, { order, givens }: Cut): Halves {
  const units = unitsOf(name);
  const at = order === 'given-first' ? givens : units.length - givens;
  const [first, last] = [units.slice(0, at).join(' '), units.slice(at).join(' ')];
  return order === 'given-first' ? { given: first, family: last } : { given: last, family: first };
}

/** How many units stand in capitals, and all others behind them do not: they are the family name. */
function loudUnits(units: readonly string[]): number | undefined {
  const [first = ''] = units;
  const quiet = units.findIndex((unit) => /\p{Ll}|\.$/u.test(unit));
  return isInCapitals(first) && quiet > 0 && !units.slice(quiet).some(isInCapitals) ? quiet : undefined;
}

/** How many units of a name that begins with the given name belong to it; one at least is left for the family. */
function givensBefore(units: readonly string[]): number {
  // *Silva E Costa*: what is joined stays together.
  const joint = units.findIndex((unit, at) => at > 1 && at < units.length - 1 && /^[YEI]$/.test(unit));
  const usual = joint > 0 ? joint - 1 : units.length < 4 ? 1 : units.length - 2;
  return Math.min(Math.max(usual, givenUnits(units)), units.length - 1);
}

/** How many units of a name that begins with the family name belong to it; one at least is left for the pupil. */
function familiesBefore(units: readonly string[]): number {
  if (units.length > 2 && isPatronymic(units.at(-1) ?? '')) return units.length - 2;
  const known = units.findIndex((_, at) => at > 0 && givenUnits(units.slice(at)) === units.length - at);
  return known > 0 ? known : units.length === 2 ? 1 : 2;
}

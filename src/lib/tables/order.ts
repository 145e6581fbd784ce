import { isGivenName } from './given-names.ts';
import { isFamilyName } from './family-names.ts';
import { isInitial, isParticle, unitsOf } from './name-units.ts';

/** Which half of a name stands first. */
export type Order = 'given-first' | 'family-first';

/** TA13: which of two halves is the given name: beside one in capitals the other, else the only one that looks like one. */
export function orderOf(first: string, last: string): Order | undefined {
  const loud = isInCapitals(first);
  if (loud !== isInCapitals(last) && /\p{Ll}/u.test(first + last))
    return loud ? 'family-first' : 'given-first';
  const [before, behind] = [looksGiven(first), looksGiven(last)];
  if (before === behind) return undefined;
  return before ? 'given-first' : 'family-first';
}

/** TA13: which half stands first in a name without a comma; undefined where nothing tells. */
export function orderWithin(name: string): Order | undefined {
  const units = unitsOf(name);
  const [first, last] = [units[0], units.at(-1)];
  return first === undefined || last === undefined || units.length < 2 ? undefined : orderOf(first, last);
}

/** TA13: the order of most rows that tell one; undefined where none does, or as many tell the other. */
export function majorityOf(orders: readonly (Order | undefined)[]): Order | undefined {
  const given = orders.filter((order) => order === 'given-first').length;
  const family = orders.filter((order) => order === 'family-first').length;
  if (given === family) return undefined;
  return given > family ? 'given-first' : 'family-first';
}

/**
 * TA13: says whether nothing tells where the given name ends: of three words and more not one is known for anything, or a
 * lone capital stands between the others, which may be an initial, or join two halves (`Silva E Costa`).
 */
export function isUnknown(name: string): boolean {
  const units = unitsOf(name);
  const first = units.findIndex((unit) => !isInitial(unit));
  if (units.slice(first + 1, -1).some(isInitial)) return true;
  // An *and* with a capital, or an initial.
  if (units.length > 2 && [units[0], units.at(-1)].some((unit) => /^[YEI]$/.test(unit ?? ''))) return true;
  const words = units.flatMap((unit) => unit.split(' '));
  const known = words.some((word) => isGivenName(word) || isFamilyName(word));
  return units.length > 2 && !known && orderWithin(name) === undefined;
}

/** Initials are no such half, nor is the number of a king. */
export function isInCapitals(half: string): boolean {
  return /\p{Lu}[\p{Lu}\p{M}]{2}/u.test(half) && half === half.toUpperCase() && !/^[IVX]+$/.test(half);
}

function looksGiven(half: string): boolean {
  const [word = ''] = half.split(/\p{White_Space}+/u);
  return !isParticle(word) && isGivenName(word);
}

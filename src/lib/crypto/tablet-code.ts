import { areSigns, makeSigns, readSigns } from './crockford.ts';

/** So many signs: 40 bits, for ten minutes and at a limited rate (TB3). */
const length = 8;

/** A short code to type on a tablet, `XXXX-XXXX`. */
export function makeTabletCode(): string {
  const signs = makeSigns(length);
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** The eight signs as they were meant, without the hyphen; undefined where it is no such code. */
export function readTabletCode(typed: string): string | undefined {
  const signs = readSigns(typed);
  return signs.length === length && areSigns(signs) ? signs : undefined;
}

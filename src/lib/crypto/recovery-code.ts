import { randomBelow } from './encoding.ts';

/** Crockford's base 32: no I, L, O, U to be mistaken. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A recovery code to print or write down: 25 signs, 125 bits, in groups of five. */
export function makeRecoveryCode(): string {
  const group = (): string => Array.from({ length: 5 }, () => alphabet[randomBelow(32)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}

/** The code as it was meant: hyphens and spaces apart, lower case, O for 0, I or L for 1. */
export function readRecoveryCode(typed: string): string {
  const signs = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return signs.replace(/(.{5})(?=.)/g, '$1-');
}

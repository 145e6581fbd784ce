import { randomBelow } from './encoding.ts';

/** Crockford's base 32: no I, L, O, U to be mistaken. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** So many signs of chance, five bits each. */
export function makeSigns(count: number): string {
  return Array.from({ length: count }, () => alphabet[randomBelow(32)]).join('');
}

/** The signs as they were meant: spaces and hyphens apart, capitals or not, O for 0, I or L for 1. */
export function readSigns(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** Whether all of it are signs of the alphabet. */
export function areSigns(text: string): boolean {
  return [...text].every((sign) => alphabet.includes(sign));
}

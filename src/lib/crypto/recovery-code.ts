import { makeSigns, readSigns } from './crockford.ts';

/** A recovery code to print or write down: 25 signs, 125 bits, in groups of five. */
export function makeRecoveryCode(): string {
  return grouped(makeSigns(25), 5);
}

/** The code as it was meant: hyphens and spaces apart, lower case, O for 0, I or L for 1. */
export function readRecoveryCode(typed: string): string {
  return grouped(readSigns(typed), 5);
}

function grouped(signs: string, size: number): string {
  return signs.replace(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1-');
}

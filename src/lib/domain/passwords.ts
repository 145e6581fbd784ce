import { refuse, type Refusal } from './refusals.ts';

/** PW1: a pupil's password, in characters. */
export const pupilPassword = { shortest: 6, longest: 64 } as const;
/** PW3: an adult's password, in code points. */
export const adultPassword = { shortest: 10, longest: 64 } as const;

/** PW1, PW2: what is wrong with a pupil's password: each refused sign once, by name, then the length. */
export function pupilPasswordProblems(password: string): readonly Refusal[] {
  const signs = new Set([...password].filter((sign) => !/^[A-Za-z0-9]$/.test(sign)));
  const problems = [...signs].map((sign) => refuse('password-sign', { sign }));
  return [...problems, ...lengthProblems([...password].length, pupilPassword)];
}

/** PW3: what is wrong with an adult's password: only its length can be. */
export function adultPasswordProblems(password: string): readonly Refusal[] {
  return lengthProblems([...password].length, adultPassword);
}

/**
 * PW4: a password that a child can type: a word, a digit, a word, a digit. No 0 or 1, which look like letters.
 *
 * @param words lower-case ASCII words of the child's language
 * @param pick a whole number from 0 up to, not including, its argument; from a cryptographic source
 */
export function childPassword(words: readonly string[], pick: (below: number) => number): string {
  const word = (): string => words[pick(words.length)] ?? '';
  const digit = (): string => String(2 + pick(8));
  return `${word()}${digit()}${word()}${digit()}`;
}

function lengthProblems(length: number, limits: { shortest: number; longest: number }): readonly Refusal[] {
  if (length < limits.shortest) return [refuse('password-short', { shortest: String(limits.shortest) })];
  if (length > limits.longest) return [refuse('password-long', { longest: String(limits.longest) })];
  return [];
}

import { isDisplay, sameLabel } from './names.ts';

/** TB17: the first number from 1 on with which no tablet's name ends. */
export function nextTabletNumber(names: readonly string[]): number {
  const taken = new Set(names.map(numberAtEnd));
  for (let number = 1; ; number++) if (!taken.has(number)) return number;
}

/** TB17: the name, or where another tablet is called so, the same with the next number that makes it nobody's. */
export function freeTabletName(name: string, names: readonly string[]): string {
  const isTaken = (one: string): boolean => names.some((other) => sameLabel(one, other));
  if (!isTaken(name)) return name;
  const stem = name.replace(/\s*\d{1,6}$/, '');
  for (let number = (numberAtEnd(name) ?? 1) + 1; ; number++) {
    const next = `${stem} ${number}`.trim();
    // A name that is as long as names may be leaves no room for a number.
    if (!isDisplay(next)) return name;
    if (!isTaken(next)) return next;
  }
}

function numberAtEnd(name: string): number | undefined {
  const digits = /(?<!\d)\d{1,6}$/.exec(name.trim())?.[0];
  return digits === undefined ? undefined : Number(digits);
}

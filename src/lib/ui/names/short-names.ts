import { initialsOf } from '#lib/domain/names.ts';

/** Names as initials (NA8), and how they are shown: "Á" and "CR", "Á. CR". */
export interface ShortNames {
  readonly given: string;
  readonly family: string;
  readonly display: string;
}

/** The initials of both names; undefined where one of them has none. */
export function shortNames(given: string, family: string): ShortNames | undefined {
  const short = { given: initialsOf(given), family: initialsOf(family) };
  if (short.given === '' || short.family === '') return undefined;
  return { ...short, display: `${[...short.given].join('. ')}. ${short.family}` };
}

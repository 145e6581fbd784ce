import { nameProblems } from '#lib/domain/names.ts';

/** Says whether both names, without spaces at their ends, may be used as they are. */
export function namesUsable(given: string, family: string): boolean {
  return nameProblems(given.trim()).length === 0 && nameProblems(family.trim()).length === 0;
}

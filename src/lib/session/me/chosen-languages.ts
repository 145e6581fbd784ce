import { isStaff } from '#lib/domain/roles.ts';
import type { OwnBench } from './own-bench.ts';

/**
 * SG3: the languages that administrators have chosen where this pupil is, the first one first (BCP 47); none for
 * adults, who choose themselves, and none where nobody has chosen.
 */
export function languagesChosenFor({ spaces }: Pick<OwnBench, 'spaces'>): readonly string[] {
  if (spaces.some(({ memberRole }) => isStaff(memberRole))) return [];
  return spaces.flatMap(({ settings }) => settings.chosenLanguages);
}

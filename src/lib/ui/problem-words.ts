import type { Refusal } from '#lib/domain/refusals.ts';
import { failureWords, type ShownFailure } from '#lib/ui/failure-words.ts';
import { refusalWords } from '#lib/ui/refusal-words.ts';

/** Why something that a person asked for did not happen, as the session layer says it. */
export type ShownProblem =
  | { readonly is: 'refusal'; readonly refusal: Refusal }
  | { readonly is: 'failure'; readonly code: ShownFailure; readonly seconds?: number };

/** What went wrong, in plain words that say what to do. */
export function problemWords(problem: ShownProblem): string {
  return problem.is === 'refusal' ? refusalWords(problem.refusal) : failureWords(problem);
}
/** The answer to what was asked of the session layer. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ShownProblem };

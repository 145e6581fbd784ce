import type { Problem } from '#lib/session/device/result.ts';
import { failureWords } from '#lib/ui/failure-words.ts';
import { refusalWords } from '#lib/ui/refusal-words.ts';

/** What went wrong, in plain words that say what to do. */
export function problemWords(problem: Problem): string {
  return problem.is === 'refusal' ? refusalWords(problem.refusal) : failureWords(problem);
}

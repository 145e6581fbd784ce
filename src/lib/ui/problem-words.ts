import type { Refusal } from '#lib/domain/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import { refusalWords } from '#lib/ui/refusal-words.ts';

const words = {
  offline: () => m.failure_offline(),
  'sign-in-wrong': () => m.failure_sign_in_wrong(),
  'unknown-here': () => m.failure_unknown_here(),
  'link-unknown': () => m.failure_link_unknown(),
  'link-used': () => m.failure_link_used(),
  'link-revoked': () => m.failure_link_revoked(),
  'link-expired': () => m.failure_link_expired(),
  'not-enrolled': () => m.failure_not_enrolled(),
  'device-revoked': () => m.failure_device_revoked(),
  'storage-full': () => m.failure_storage_full(),
  'too-many': () => m.failure_too_many(),
  'relay-failed': () => m.failure_relay_failed(),
  'lease-over': () => m.failure_lease_over(),
  'clock-wrong': () => m.failure_clock_wrong(),
  'signature-wrong': () => m.failure_signature_wrong()
} as const;

/** Why the world, not the rules, stood in the way. */
export type ShownFailure = keyof typeof words | 'slow-down';

/** Why something that a person asked for did not happen, as the session layer says it. */
export type ShownProblem =
  | { readonly is: 'refusal'; readonly refusal: Refusal }
  | { readonly is: 'failure'; readonly code: ShownFailure; readonly seconds?: number };

/** What went wrong, in plain words that say what to do. */
export function problemWords(problem: ShownProblem): string {
  if (problem.is === 'refusal') return refusalWords(problem.refusal);
  if (problem.code !== 'slow-down') return words[problem.code]();
  if (problem.seconds === undefined) return m.failure_slow_down_soon();
  return m.failure_slow_down({ seconds: Math.ceil(problem.seconds) });
}

/** The answer to what was asked of the session layer. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ShownProblem };

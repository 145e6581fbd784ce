import type { ChangeId } from '#lib/domain/ids.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import type { RetryCode, Verdict } from '#lib/protocol/verdict.ts';

/** An answer on the way to a verdict: no, or not yet. */
export type No = Refusal | { readonly retry: RetryCode };

/** The answer as it is told to whoever sent the change. */
export function verdictOf(id: ChangeId, no: No): Exclude<Verdict, { is: 'accepted' }> {
  if ('retry' in no) return { id, is: 'retry', code: no.retry };
  return { id, is: 'refused', code: no.refused, ...(no.detail ? { detail: no.detail } : {}) };
}

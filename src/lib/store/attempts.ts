import type { AccountId } from '#lib/domain/ids.ts';
import type { Database } from './database.ts';

/** SE8: so many wrong ones are free, and so many seconds lie before each one after them. */
export const freeAttempts = 3;
const waits = [5, 10, 20, 40, 60] as const;
/** SE9: after so many in a row a pupil's account opens no more here. */
export const mostFailures = 10;

/** Seconds between the last wrong one and the next attempt. */
export function waitAfter(failures: number): number {
  if (failures < freeAttempts) return 0;
  return waits[Math.min(failures - freeAttempts, waits.length - 1)] ?? 60;
}

/** Whether an attempt may be made now. */
export type Leave =
  | { readonly is: 'free' }
  | { readonly is: 'slowed'; /** To wait. */ readonly seconds: number }
  | { readonly is: 'locked' };

/**
 * SE8, SE9.
 *
 * @param passed seconds since the last attempt was seen here, by a clock that cannot be turned
 */
export function leave(failures: number, passed: number, lockable: boolean): Leave {
  if (lockable && failures >= mostFailures) return { is: 'locked' };
  const seconds = Math.ceil(waitAfter(failures) - passed);
  return seconds > 0 ? { is: 'slowed', seconds } : { is: 'free' };
}

/** SE8: counts an attempt as a wrong one before it is tried, if it may be made at all. */
export async function beginAttempt(
  db: Database,
  account: AccountId,
  passed: (failures: number) => number,
  lockable: boolean
): Promise<Leave> {
  return db.transaction('rw', db.attempts, async () => {
    const failures = (await db.attempts.get(account))?.failures ?? 0;
    const answer = leave(failures, passed(failures), lockable);
    if (answer.is === 'free') await db.attempts.put({ account, failures: failures + 1 });
    return answer;
  });
}

/** The attempt was a right one, or a teacher lifted what had come of wrong ones. */
export async function forgetAttempts(db: Database, account: AccountId): Promise<void> {
  await db.attempts.delete(account);
}

import type { Directory } from './directory.ts';
import type { AccountId } from './ids.ts';
import { refuse, type Refusal } from './refusals.ts';
import type { SpaceState } from './state.ts';

/**
 * IV1: a TwinSpace always has an active teacher administrator in their own custody. Judged once, on the result of
 * any command; whatever would break it is refused.
 */
export function invariantBroken(state: SpaceState, directory: Directory): Refusal | undefined {
  for (const [account, member] of state.members.members) {
    if (member.role !== 'teacher-admin' || member.status.is !== 'active') continue;
    // Who is about to be erased does not count: on that day nobody could be asked any more (ER4).
    if (directory.erasure(account as AccountId)) continue;
    if (directory.public(account as AccountId)?.custody.kind === 'self') return undefined;
  }
  return refuse('last-administrator');
}

import type { Actor } from './effective-role.ts';
import { refuse, type Refusal } from './refusals.ts';

/** TB1, KE10: a password that is typed on shared tablets lets no device in and makes no key of an adult. */
export function fullKeyProblem({ key }: Actor): Refusal | undefined {
  return key.scope === 'full' ? undefined : refuse('device-ceiling');
}

import type { SpaceState } from './state.ts';
import { refuse, type Refusal } from './refusals.ts';

/** TB13: so many classroom tablets are in use in one TwinSpace, those that wait for a yes among them: six big carts. */
export const mostTabletsInSpace = 200;

/** TB13: how many were let in and not revoked. Of those that wait the relay alone knows. */
export function tabletsInUse({ staff }: SpaceState): number {
  return [...staff.tablets.values()].filter(({ revoked }) => !revoked).length;
}

/** TB13: why so many more cannot come. */
export function roomProblem(state: SpaceState, more: number): Refusal | undefined {
  return tabletsInUse(state) + more > mostTabletsInSpace ? refuse('too-many-tablets') : undefined;
}

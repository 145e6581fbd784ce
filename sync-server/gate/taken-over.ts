import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import type { Header } from '#lib/protocol/change.ts';
import type { ChangeStore } from '#relay/storage/change-store.ts';

/**
 * GA16: why a change that the rules allow has happened already: it takes over what its author brought after all; AD4: it
 * takes over what somebody took over, or is that very change, which its author brings too late. Only under the lock, so
 * that of two who come at once one is first.
 */
export async function takenOver(
  changes: ChangeStore,
  { id, space, actor, behalf }: Pick<Header, 'id' | 'space' | 'actor' | 'behalf'>
): Promise<Refusal | undefined> {
  const other = behalf && { id: behalf.change, space, actor: behalf.actor };
  for (const key of [{ id, space, actor }, ...(other ? [other] : [])])
    if (await changes.isTakenOver(key)) return refuse('taken-over');
  const settled = other && (await changes.settled(other));
  return settled?.verdict.is === 'accepted' ? refuse('not-adoptable') : undefined;
}

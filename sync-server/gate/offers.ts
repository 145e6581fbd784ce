import { isOf, type Change } from '#lib/domain/change.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { can } from '#lib/domain/permissions.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import type { NewOffer, TabletStore } from '#relay/storage/tablet-store.ts';

/** TB3: an offer lives so many milliseconds, counted by the relay's own clock from the receipt on. */
export const offerLife = 10 * 60_000;

/**
 * What an accepted `tablet.offer` comes to; undefined for every other command.
 *
 * @param instant of receipt, in milliseconds since 1970
 */
export function offerIn(
  change: Pick<Change, 'name' | 'args' | 'space' | 'actor'>,
  instant: number
): NewOffer | undefined {
  if (!isOf(change, 'tablet.offer')) return undefined;
  const { space, actor: by } = change;
  const { offer, secretHash, codeHash, count } = change.args;
  return { offer, secretHash, codeHash, space, by, count, expires: instant + offerLife };
}

/** TB15: offers of one person in one TwinSpace with which tablets may ask at this moment. */
export const mostOpenOffers = 20;

/** GA16, TB15: why an offer that the rules allow cannot be kept: its id or a hash is taken, or too many are open. */
export async function offerProblem(
  tablets: TabletStore,
  offer: NewOffer,
  instant: number
): Promise<Refusal | undefined> {
  if (await tablets.isTaken(offer)) return refuse('id-reused');
  const open = await tablets.openOffers(offer.space, offer.by, instant);
  return open >= mostOpenOffers ? refuse('too-many-offers') : undefined;
}

/**
 * TB14: whether whoever made an offer may make one there now: an active administrator or teacher in their own custody,
 * in a TwinSpace that is not archived.
 */
export function mayOffer(state: SpaceState, directory: Directory, by: AccountId): boolean {
  const role = activeMember(state, by)?.role;
  if (role === undefined || state.members.meta.get('space')?.archived !== undefined) return false;
  return can(role, 'enrol-tablet') === true && directory.public(by)?.custody.kind === 'self';
}

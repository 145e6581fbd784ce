import type { Change } from '#lib/domain/change.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { NewOffer } from '#relay/storage/tablet-store.ts';

/** TB3: an offer lives so many milliseconds, counted by the relay's own clock from the receipt on. */
export const offerLife = 10 * 60_000;

/**
 * What an accepted `tablet.offer` comes to; undefined for every other command.
 *
 * @param instant of receipt, in milliseconds since 1970
 */
export function offerIn(
  { name, args, space, actor: by }: Pick<Change, 'name' | 'args' | 'space' | 'actor'>,
  instant: number
): NewOffer | undefined {
  if (name !== 'tablet.offer') return undefined;
  const { offer, secretHash, codeHash, count } = args as CommandArgs['tablet.offer'];
  return { offer, secretHash, codeHash, space, by, count, expires: instant + offerLife };
}

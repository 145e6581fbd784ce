import type { AccountId } from '#lib/domain/ids.ts';
import type { PictureName } from '#lib/domain/pictures.ts';
import { paths } from '#lib/ui/paths.ts';

/** What a pupil's card says. Kept in memory only. */
export interface PupilCard {
  readonly account: AccountId;
  /** The display name, or the real name that was just pasted. */
  readonly name: string;
  readonly username: string;
  /** Only right after it was made: nobody can look it up later. */
  readonly password?: string;
  /** The same of the pictures that open on classroom tablets (KE11). */
  readonly pictures?: readonly PictureName[];
}

/** So many cards fit on a sheet of A4 or Letter: two columns of four. */
export const cardsPerSheet = 8;

/** The cards of each sheet. */
export function sheets(cards: readonly PupilCard[]): readonly (readonly PupilCard[])[] {
  const count = Math.ceil(cards.length / cardsPerSheet);
  return Array.from({ length: count }, (_, at) => cards.slice(at * cardsPerSheet, (at + 1) * cardsPerSheet));
}

/**
 * Where a pupil signs in with this card: the address names the account, not the username, which may be renumbered
 * (UN5). What stands after # is never sent to a server.
 */
export function signInAddress(origin: string, account: AccountId): string {
  return `${origin}${paths.pupilLogin}#${account}`;
}

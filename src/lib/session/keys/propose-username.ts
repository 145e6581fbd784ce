import { firstFree, usernameBase } from '#lib/domain/usernames.ts';
import { refuse } from '#lib/domain/refusals.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import { done, refused, type Result } from '../device/result.ts';

/** A username that nobody has as far as is known; `certain` when the relay was asked (G3). */
export interface Proposal {
  readonly username: string;
  readonly certain: boolean;
}

/** G3: the first free number, asked of this tablet and, with a network, of the relay. */
export async function proposeUsername(
  given: string,
  family: string,
  isTakenHere: (nameKey: string) => boolean,
  relay: Pick<RelayClient, 'nextUsername'> | undefined
): Promise<Result<Proposal>> {
  const { default: romanise } = await import('any-ascii');
  const base = usernameBase(given, family, romanise);
  if (!base) return refused(refuse('name-unwritable'));
  let from = 1;
  let certain = false;
  try {
    if (relay) {
      from = numberOf(await relay.nextUsername(base));
      certain = true;
    }
  } catch (error) {
    // Offline, or a door at which nobody is signed in yet: the number is confirmed when the relay is reached (UN5).
    if (!(error instanceof RelayError)) throw error;
  }
  const username = firstFree(base, (key) => numberOf(key) < from || isTakenHere(key));
  return done({ username, certain });
}

function numberOf(username: string): number {
  return Number(username.slice(username.lastIndexOf('.') + 1));
}

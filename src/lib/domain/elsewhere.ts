import type { PrivateAccount } from './account.ts';
import type { Directory } from './directory.ts';
import type { AccountId, SpaceId } from './ids.ts';
import type { Put } from './puts.ts';
import type { Elsewhere } from './records.ts';
import type { Ground } from './commands/command.ts';

/** Under which key a pupil's home keeps what it knows of a membership elsewhere. */
export function elsewhereKey(account: AccountId, space: SpaceId): string {
  return `${account}/${space}`;
}

/**
 * JO4: tells a pupil's home of the membership here: that there is one, or (null) that there is none any more. Nothing
 * where home is here, or where the account is an adult's.
 */
export function tellHome(
  { state, directory }: Pick<Ground, 'state' | 'directory'>,
  account: AccountId,
  value: Elsewhere | null
): readonly Put[] {
  const home = homeElsewhere(directory, account, state.id);
  if (!home) return [];
  const key = elsewhereKey(account, state.id);
  return [{ doc: 'staff', map: 'elsewhere', key, value, space: home }];
}

/** JO3: what a TwinSpace in which a pupil only waits is told of the account. */
export function nameless({ username, school }: PrivateAccount): PrivateAccount {
  return { username, school, given: '', family: '' };
}

/** JO4: what the home of the account, as far as it is known, has noted of memberships elsewhere. */
export function notedAtHome(
  { state, directory, elsewhere }: Ground,
  account: AccountId
): readonly Elsewhere[] {
  const home = directory.public(account)?.home;
  const at = home === undefined || home === state.id ? state : elsewhere(home);
  return [...(at?.staff.elsewhere.values() ?? [])].filter((entry) => entry.account === account);
}

/** The home of a pupil, where it is another TwinSpace than this one. */
export function homeElsewhere(directory: Directory, account: AccountId, here: SpaceId): SpaceId | undefined {
  const known = directory.public(account);
  return known?.custody.kind === 'home' && known.home !== here ? known.home : undefined;
}

import type { AccountKey, Custody, NewAccount, NewKey } from './account.ts';
import type { CalendarDate } from './dates.ts';
import type { Directory } from './directory.ts';
import type { AccountId, SpaceId } from './ids.ts';
import { isDisplay, nameProblems } from './names.ts';
import type { Put } from './puts.ts';
import { refuse, type Refusal } from './refusals.ts';
import { isUsername, nameKey, nextFree } from './usernames.ts';

/** A new account as it enters the directory. */
export interface Entered {
  readonly username: string;
  readonly puts: readonly Put[];
}

/**
 * AC2, UN5, IV3: enters an account into the directory. A username that is taken is not refused: the account gets the
 * next free number, since its person may have signed in under the other on the tablet that made it.
 */
export function enterAccount(
  account: NewAccount,
  custody: Custody,
  home: SpaceId,
  setBy: AccountId,
  directory: Directory,
  now: CalendarDate
): Entered | Refusal {
  const problem = accountProblem(account, directory);
  if (problem) return problem;
  const isTaken = (key: string): boolean => directory.holderOf(key) !== undefined;
  const username = isTaken(nameKey(account.username))
    ? nextFree(account.username, isTaken)
    : account.username;
  const { given, family, school } = account;
  return {
    username,
    puts: [
      {
        doc: 'directory',
        map: 'public',
        key: account.id,
        value: { keys: [currentKey(account.key, setBy, now)], custody, home }
      },
      { doc: 'directory', map: 'private', key: account.id, value: { username, given, family, school } },
      { doc: 'directory', map: 'spaces', key: account.id, value: [home] }
    ]
  };
}

/** A key as it stands in the roster from the day it was set. */
export function currentKey(key: NewKey, setBy: AccountId, since: CalendarDate): AccountKey {
  return { id: key.id, publicKey: key.publicKey, scope: key.scope, since, setBy, state: { is: 'current' } };
}

/** AC3: an account's school may be empty; else it is written like a display name. */
export function isSchool(text: string): boolean {
  return text === '' || isDisplay(text);
}

function accountProblem(account: NewAccount, directory: Directory): Refusal | undefined {
  const name = nameProblems(account.given)[0] ?? nameProblems(account.family)[0];
  if (name) return name;
  if (!isDisplay(account.display)) return refuse('display-invalid');
  if (!isSchool(account.school)) return refuse('school-invalid');
  if (!isUsername(account.username)) return refuse('username-invalid');
  if (account.key.scope !== 'full') return refuse('not-permitted');
  if (directory.public(account.id)) return refuse('account-exists');
  if (directory.ownerOf(account.key.id)) return refuse('key-exists');
  return undefined;
}

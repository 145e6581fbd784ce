import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { standingMember, type SpaceState } from '#lib/domain/state.ts';
import { nameKey, usernameBase } from '#lib/domain/usernames.ts';

/** Who has a username, as far as this tablet knows (AC4). */
export type Holder = 'here' | 'removed' | 'elsewhere';

/** Somebody who is a member here already. */
export interface MemberHere {
  readonly account: AccountId;
  readonly display: string;
  readonly username: string;
}

/** What a list of new pupils is planned with: usernames without their number, and who has which already. */
export interface UsernamePlan {
  /** UN1–UN3; undefined when nothing of a name can be written in Latin letters. */
  readonly base: (given: string, family: string) => string | undefined;
  /** Nobody that is known here: undefined. Asked anew it answers for what is in view then. */
  readonly holder: (username: string) => Holder | undefined;
  /** CL12: the member here with this username. */
  readonly member: (username: string) => MemberHere | undefined;
  /** CL12: the members here with these names, whether written with accents, spaces, hyphens or not, by username. */
  readonly namesakes: (given: string, family: string) => readonly MemberHere[];
}

type ByNames = ReadonlyMap<string, readonly MemberHere[]>;

interface Ground {
  readonly state: SpaceState;
  readonly directory: Directory;
}

/** UN4, CL4, CL12: the plan for one TwinSpace. Loads the table of scripts. */
export async function usernamePlan(look: () => Ground): Promise<UsernamePlan> {
  const { default: romanise } = await import('any-ascii');
  const base = (given: string, family: string) => usernameBase(given, family, romanise);
  const keyOf = (given: string, family: string) => base(given, family)?.replaceAll('-', '');
  /** Made anew when the TwinSpace has changed, not for each row that is looked up. */
  let index: { readonly of: SpaceState; readonly byNames: ByNames } | undefined;
  const byNames = (): ByNames => {
    const ground = look();
    if (index?.of !== ground.state) index = { of: ground.state, byNames: indexed(ground, keyOf) };
    return index.byNames;
  };
  return {
    base,
    holder: (username) => {
      const { state, directory } = look();
      const account = directory.holderOf(nameKey(username));
      if (!account) return undefined;
      const member = state.members.members.get(account);
      if (!member) return 'elsewhere';
      return member.status.is === 'removed' ? 'removed' : 'here';
    },
    member: (username) => {
      const ground = look();
      const account = ground.directory.holderOf(nameKey(username));
      return account && memberHere(ground, account);
    },
    namesakes: (given, family) => byNames().get(keyOf(given, family) ?? '') ?? []
  };
}

/** Members by their names and by those that their usernames were made of; a pupil may have been renamed since. */
function indexed(ground: Ground, keyOf: (given: string, family: string) => string | undefined): ByNames {
  const found = new Map<string, MemberHere[]>();
  for (const id of ground.state.members.members.keys()) {
    const account = id as AccountId;
    const person = ground.directory.private(account);
    const here = memberHere(ground, account);
    if (!person || !here) continue;
    const made = person.username.slice(0, person.username.lastIndexOf('.')).replaceAll('-', '');
    for (const key of new Set([made, keyOf(person.given, person.family) ?? made])) {
      found.set(key, [...(found.get(key) ?? []), here]);
    }
  }
  for (const [key, all] of found) found.set(key, all.toSorted(byNumber));
  return found;
}

function memberHere({ state, directory }: Ground, account: AccountId): MemberHere | undefined {
  const member = standingMember(state, account);
  const username = directory.private(account)?.username;
  return member && username !== undefined ? { account, display: member.display, username } : undefined;
}

function byNumber(a: MemberHere, b: MemberHere): number {
  return numberOf(a.username) - numberOf(b.username);
}

function numberOf(username: string): number {
  return Number(username.slice(username.lastIndexOf('.') + 1));
}

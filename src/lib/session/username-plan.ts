import type { Directory } from '#lib/domain/directory.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import { nameKey, usernameBase } from '#lib/domain/usernames.ts';

/** Who has a username, as far as this tablet knows (AC4). */
export type Holder = 'here' | 'removed' | 'elsewhere';

/** What a list of new pupils is planned with: usernames without their number, and who has which already. */
export interface UsernamePlan {
  /** UN1–UN3; undefined when nothing of a name can be written in Latin letters. */
  readonly base: (given: string, family: string) => string | undefined;
  /** Nobody that is known here: undefined. Asked anew it answers for what is in view then. */
  readonly holder: (username: string) => Holder | undefined;
}

/** UN4, CL4: the plan for one TwinSpace. Loads the table of scripts. */
export async function usernamePlan(
  look: () => { readonly state: SpaceState; readonly directory: Directory }
): Promise<UsernamePlan> {
  const { default: romanise } = await import('any-ascii');
  return {
    base: (given, family) => usernameBase(given, family, romanise),
    holder: (username) => {
      const { state, directory } = look();
      const account = directory.holderOf(nameKey(username));
      if (!account) return undefined;
      const member = state.members.members.get(account);
      if (!member) return 'elsewhere';
      return member.status.is === 'removed' ? 'removed' : 'here';
    }
  };
}

import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { Session } from '../device/tab.ts';
import type { View } from './view.ts';

/** How an account stands in each TwinSpace, as text: another one when anything of it has changed. */
export function standingOf(account: AccountId, spaces: ReadonlyMap<SpaceId, SpaceState>): string {
  const mine = [...spaces.values()].map((state) =>
    JSON.stringify([state.id, state.members.members.get(account), state.members.people.get(account)])
  );
  return mine.sort().join();
}

/** The signed-in person as they are called today, which may be later than the sign-in. */
export function shownOf(
  { account, display, username, home }: Session,
  view: View
): { readonly account: AccountId; readonly display: string; readonly username: string } {
  const known = view.directory.private(account)?.username ?? username;
  const shown = view.spaces.get(home)?.members.members.get(account)?.display ?? display;
  return { account, display: shown, username: known };
}

import type { Directory } from './directory.ts';
import type { AccountId } from './ids.ts';
import type { Target } from './permissions.ts';
import { settingsOf, type SpaceState } from './state.ts';

/** What a permission may depend on when something is done to this member by that teacher (mission: own, home). */
export function memberTarget(
  state: SpaceState,
  directory: Directory,
  member: AccountId,
  actor: AccountId
): Target {
  const known = directory.public(member);
  const role = state.members.members.get(member)?.role;
  return {
    own: known?.custody.kind === 'home' && known.custody.custodian === actor,
    home: known?.home === state.id,
    settings: settingsOf(state),
    ...(role ? { role } : {})
  };
}

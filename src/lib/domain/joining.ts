import type { Change } from './change.ts';
import type { CalendarDate } from './dates.ts';
import type { AccountId, GroupId } from './ids.ts';
import { isDisplay } from './names.ts';
import type { Put } from './puts.ts';
import { refuse, type Refusal } from './refusals.ts';
import type { Role } from './roles.ts';
import type { Ground } from './commands/command.ts';

/** What makes an account a member here: the membership, and for staff who brought it and when. */
export function joiningPuts(
  account: AccountId,
  display: string,
  role: Role,
  by: AccountId,
  on: CalendarDate,
  groups: readonly GroupId[] = []
): readonly Put[] {
  const member = {
    display,
    role,
    status: { is: 'active' },
    ...(groups.length > 0 ? { groups } : {})
  } as const;
  return [
    { doc: 'members', map: 'members', key: account, value: member },
    { doc: 'staff', map: 'joinings', key: account, value: { by, on } }
  ];
}

/**
 * An adult who has an account already and comes to one more TwinSpace with a link: custody must be their own and the
 * key a current full one (AC6).
 */
export function existingAdult(
  { state, directory }: Ground,
  change: Change,
  display: string
): readonly Put[] | Refusal {
  const known = directory.public(change.actor);
  if (!known) return refuse('account-unknown');
  if (known.custody.kind !== 'self') return refuse('own-password-first');
  const key = known.keys.find((candidate) => candidate.id === change.key);
  if (key?.state.is !== 'current' || key.scope !== 'full') return refuse('key-unknown');
  if (!isDisplay(display)) return refuse('display-invalid');
  const spaces = directory.spaces(change.actor);
  return spaces.includes(state.id)
    ? []
    : [{ doc: 'directory', map: 'spaces', key: change.actor, value: [...spaces, state.id] }];
}

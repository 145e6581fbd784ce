import type { AccountKey } from './account.ts';
import type { CalendarDate } from './dates.ts';
import { deviceCeiling, type Standing } from './device.ts';
import type { Directory } from './directory.ts';
import { refuse, type Refusal } from './refusals.ts';
import { isStaff, lowest, type Role } from './roles.ts';
import { activeMember, type SpaceState } from './state.ts';
import { classroomKeyCounts } from './tablet-holding.ts';

/** Somebody who acts in a TwinSpace, as far as the rules let them. */
export interface Actor {
  readonly account: Standing['account'];
  /** The effective role (RO1). */
  readonly role: Role;
  readonly key: AccountKey;
  /** RO7: what the role would be if nothing but the membership bound, and why it is less. */
  readonly capped?: { readonly from: Role; readonly by: 'device-ceiling' | 'own-password-first' };
  /** TB9: signed on a classroom tablet. */
  readonly onTablet?: true;
}

/**
 * RO1: the effective role is the lowest of the membership's role, the key's scope and the ceilings of the devices;
 * RO6: and pupil administrator for a raised pupil who has not yet chosen a password that nobody else knows.
 *
 * @returns the refusal when the key or the membership does not count at all
 */
export function actorIn(
  state: SpaceState,
  directory: Directory,
  standing: Standing,
  now: CalendarDate
): Actor | Refusal {
  const member = activeMember(state, standing.account);
  if (!member) return refuse('not-a-member');
  const key = usableKey(directory, standing, now);
  if ('refused' in key) return key;
  const [signing] = standing.devices;
  if (
    key.scope === 'classroom' &&
    signing &&
    !classroomKeyCounts(state, directory, signing, standing.account)
  )
    return refuse('key-elsewhere');
  const device = deviceCeiling(standing.devices, standing.account, key.scope);
  const own = lowest(member.role, device);
  const raised = isStaff(member.role) && directory.public(standing.account)?.custody.kind === 'home';
  const role = raised ? lowest(own, 'pupil-admin') : own;
  const by = raised ? 'own-password-first' : 'device-ceiling';
  const acting: Actor = {
    account: standing.account,
    role,
    key,
    ...(standing.devices[0]?.kind === 'classroom' ? { onTablet: true } : {})
  };
  return role === member.role ? acting : { ...acting, capped: { from: member.role, by } };
}

/** KE2–KE5: the key with which somebody acts, if it counts on this day and from these devices. */
export function usableKey(directory: Directory, standing: Standing, now: CalendarDate): AccountKey | Refusal {
  const key = directory.public(standing.account)?.keys.find((candidate) => candidate.id === standing.key);
  if (!key) return refuse('key-unknown');
  if (key.scope === 'classroom' && standing.devices[0]?.kind !== 'classroom') return refuse('device-ceiling');
  switch (key.state.is) {
    case 'current':
      return key;
    case 'former': {
      const held = standing.devices.every((device) => device.accounts.includes(standing.account));
      return held && now <= key.state.until ? key : refuse('key-former');
    }
    case 'distrusted':
      return refuse('key-distrusted');
  }
}

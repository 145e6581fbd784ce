import { restoreDays } from '#lib/domain/commands/member-restore.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import { isServed } from '#lib/domain/may-read.ts';
import type { SpaceState } from '#lib/domain/state.ts';

/**
 * GA5: a personal device serves a TwinSpace while one of its accounts is an active member there, or was removed so lately
 * that the membership can still come back: work done before the removal shall be judged, not lost. A classroom tablet
 * serves the one that has let it in (TB4).
 */
export function mayCarryFor(device: Device, state: SpaceState, today: CalendarDate): boolean {
  if (device.kind === 'classroom') return isServed(state, device);
  return device.accounts.some((account) => {
    const status = state.members.members.get(account)?.status;
    if (!status) return false;
    return status.is === 'active' || (status.is === 'removed' && plusDays(status.on, restoreDays) >= today);
  });
}

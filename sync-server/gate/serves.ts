import { restoreDays } from '#lib/domain/commands/member-restore.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { SpaceState } from '#lib/domain/state.ts';

/**
 * GA5: a device serves a TwinSpace while one of its accounts is an active member there, or was removed so lately that
 * the membership can still come back: work done before the removal shall be judged, not lost.
 */
export function serves(device: Device, state: SpaceState, today: CalendarDate): boolean {
  return device.accounts.some((account) => {
    const status = state.members.members.get(account)?.status;
    if (!status) return false;
    return status.is === 'active' || (status.is === 'removed' && plusDays(status.on, restoreDays) >= today);
  });
}

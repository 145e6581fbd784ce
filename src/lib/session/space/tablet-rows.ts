import { isOf } from '#lib/domain/change.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { TabletGroups } from '#lib/domain/records.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { TabletInfo } from '#lib/protocol/tablets.ts';
import type { Waiting } from '../work/view.ts';

/** A classroom tablet in the list. */
export interface TabletRow extends Pick<
  TabletInfo,
  'id' | 'name' | 'stage' | 'check' | 'offer' | 'lastContact' | 'connected' | 'status'
> {
  /** As it was said last, if this device is told (staff). */
  readonly groups?: TabletGroups;
  readonly teachers?: readonly AccountId[];
  /** Who let it in. */
  readonly by?: AccountId;
  /** A yes is on its way from this device. */
  readonly admitting: boolean;
  /** It was revoked here, and the relay does not know yet. */
  readonly leaving: boolean;
}

/** What the relay tells of tablets, with what this person has decided meanwhile. */
export function tabletRows(
  told: readonly TabletInfo[],
  { staff }: Pick<SpaceState, 'staff'>,
  waiting: readonly Pick<Waiting, 'change' | 'refusal'>[]
): readonly TabletRow[] {
  const admitted = new Set<DeviceId>();
  const revoked = new Set<DeviceId>();
  for (const { change, refusal } of waiting) {
    if (refusal) continue;
    if (isOf(change, 'tablet.admit')) admitted.add(change.args.tablet);
    if (isOf(change, 'device.revoke')) revoked.add(change.args.device);
  }
  return told.map((tablet) => {
    const record = staff.tablets.get(tablet.id);
    const known = record && { groups: record.groups, teachers: record.teachers, by: record.by };
    return {
      ...tablet,
      ...known,
      name: record?.name ?? tablet.name,
      // What was decided here counts in view at once; the relay's answer comes with the next look.
      admitting: tablet.stage === 'waiting' && (admitted.has(tablet.id) || record !== undefined),
      leaving: tablet.stage !== 'revoked' && (revoked.has(tablet.id) || record?.revoked !== undefined)
    };
  });
}

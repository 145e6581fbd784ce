import { plusDays } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import type { DeviceRow } from '#lib/store/database.ts';
import { afterContact } from '#lib/store/device.ts';

/**
 * The device as the report tells it. What the relay calls the sealed keys is kept only while all of them are held: else
 * it is asked for all of them again (SI10).
 */
export function toldDevice(
  before: DeviceRow,
  report: DeviceReport,
  accounts: readonly AccountId[],
  whole: boolean
): DeviceRow {
  const { device, rooms, today, leaseDays, address, credentialsTag } = report;
  const { id, kind, owner, name, pupils, tablet } = device;
  const said = { ...(name ? { name } : {}), ...(pupils ? { pupils } : {}), ...(tablet ? { tablet } : {}) };
  return {
    name: 'device',
    id,
    enrolment: { is: 'enrolled', kind, owner, accounts, rooms, ...said },
    ...afterContact(today),
    lease: plusDays(today, leaseDays),
    ...(address === undefined ? {} : { address }),
    credentialsTag: whole ? credentialsTag : '',
    ...(before.adults ? { adults: before.adults } : {}),
    ...(before.files ? { files: before.files } : {})
  };
}

/** Whom this device lets in. */
export function accountsOn({ enrolment }: DeviceRow): readonly AccountId[] {
  return enrolment.is === 'enrolled' ? enrolment.accounts : [];
}

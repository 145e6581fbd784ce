import type { Device } from '#lib/domain/device.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { CredentialRow, DeviceRow } from '#lib/store/database.ts';
import type { Tab } from './tab.ts';

/** Whose keys this device has. */
export function accountsHere({ ready, deviceRow, known }: Pick<Tab, 'ready' | 'deviceRow' | 'known'>) {
  return ready ? thisDevice(deviceRow, known).accounts : [];
}

/** This device as the rules see it. */
export function thisDevice(
  { id, enrolment }: Pick<DeviceRow, 'id' | 'enrolment'>,
  keys: readonly Pick<CredentialRow, 'account'>[]
): Device {
  if (enrolment.is !== 'enrolled') {
    const revoked = enrolment.is === 'revoked';
    return { id, kind: 'personal', owner: '' as AccountId, accounts: [], revoked };
  }
  const { kind, owner, tablet } = enrolment;
  const accounts = [...new Set([...enrolment.accounts, ...keys.map(({ account }) => account)])];
  return { id, kind, owner, accounts, revoked: false, ...(tablet ? { space: tablet.space } : {}) };
}

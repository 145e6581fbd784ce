import type { AccountId, DeviceId, KeyId, SpaceId } from './ids.ts';
import { lowest, type Role } from './roles.ts';
import type { KeyScope } from './account.ts';

/** A device as the rules see it. */
export interface Device {
  readonly id: DeviceId;
  readonly kind: 'personal' | 'classroom';
  /** Whose it is: the first account that signed in there. */
  readonly owner: AccountId;
  /**
   * Every account that signed in there online, was added there, or owns it; on a classroom tablet every account whose
   * sealed key was ever given to it.
   */
  readonly accounts: readonly AccountId[];
  /** Its cookie no longer counts, nor does what it signs. */
  readonly revoked: boolean;
  /** Of a classroom tablet: the TwinSpace that it serves, and no other. */
  readonly space?: SpaceId;
}

/**
 * RO3, RO4: the most that this person can be on this device. Nobody but its owner is more than a pupil administrator
 * on a personal device; on a classroom tablet an adult counts as teacher with a classroom key and as pupil
 * administrator with any other.
 */
export function ceiling(device: Device, actor: AccountId, scope: KeyScope): Role {
  if (device.kind === 'personal') return device.owner === actor ? 'teacher-admin' : 'pupil-admin';
  return scope === 'classroom' ? 'teacher' : 'pupil-admin';
}

/** RO2: the most that a key of this scope can do. */
export function scopeCeiling(scope: KeyScope): Role {
  return scope === 'full' ? 'teacher-admin' : 'teacher';
}

/** RO5: both the device that signed and the one that carries bind. */
export function deviceCeiling(devices: readonly Device[], actor: AccountId, scope: KeyScope): Role {
  return devices.reduce<Role>(
    (role, device) => lowest(role, ceiling(device, actor, scope)),
    scopeCeiling(scope)
  );
}

/** Where and with what somebody acts. */
export interface Standing {
  readonly account: AccountId;
  readonly key: KeyId;
  readonly devices: readonly Device[];
}

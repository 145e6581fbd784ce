/** What administrators may choose for their TwinSpace. Stored one by one, so that two choices never fight. */
export interface Settings {
  /** Teachers may add pupils, new and existing, as `pupil` (mission: on). */
  readonly teachersAddPupils: boolean;
  /** Teachers may export the pupils whom they invited (mission: off). */
  readonly teachersExport: boolean;
  /** Pupils may change their own password (mission: off). */
  readonly pupilsChangePassword: boolean;
  /** Minutes without a touch after which a device asks who is there. */
  readonly idleLockMinutes: number;
}

/** What holds in a TwinSpace until an administrator chooses otherwise. */
export const defaultSettings: Settings = {
  teachersAddPupils: true,
  teachersExport: false,
  pupilsChangePassword: false,
  idleLockMinutes: 10
};

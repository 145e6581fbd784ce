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
  /** Days after the last contact for which sealed keys open on a device (SE4). */
  readonly leaseDays: number;
  /** The languages spoken here, the first one first: that of pupils' screens until they choose (SG3; BCP 47). */
  readonly languages: readonly string[];
}

/** SG2: minutes that an administrator may choose. */
export const idleLockRange = { shortest: 1, longest: 60 } as const;
/** SG4: days that an administrator may choose. */
export const leaseRange = { shortest: 1, longest: 90 } as const;
/** SG3: so many languages at most. */
export const mostLanguages = 8;

/** What holds in a TwinSpace until an administrator chooses otherwise. */
export const defaultSettings: Settings = {
  teachersAddPupils: true,
  teachersExport: false,
  pupilsChangePassword: false,
  idleLockMinutes: 10,
  leaseDays: 30,
  languages: ['es', 'en']
};

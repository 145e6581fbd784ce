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
  /** What pupils add is seen by others once an adult has said yes (ML4). */
  readonly mediaApproval: boolean;
  /** ML2, in millions of bytes: what all media of the TwinSpace come to. */
  readonly mediaSpaceMegabytes: number;
  /** ML2: of one film. */
  readonly mediaFilmMegabytes: number;
  /** ML2: of what one member adds in a day. */
  readonly mediaDayMegabytes: number;
  /** CO7 */
  readonly comments: CommentChoice;
  /** CO5: what pupils say is seen by others once an adult has said yes. */
  readonly commentApproval: boolean;
}

/** CO7: who may say something of pages: nobody, all with reactions alone, staff in words too, all in words too. */
export const commentChoices = ['none', 'reactions', 'staff', 'all'] as const;
export type CommentChoice = (typeof commentChoices)[number];

/** SG2: minutes that an administrator may choose. */
export const idleLockRange = { shortest: 1, longest: 60 } as const;
/** SG4: days that an administrator may choose. */
export const leaseRange = { shortest: 1, longest: 90 } as const;
/** SG5: millions of bytes that an administrator may choose. */
export const mediaRanges = {
  mediaSpaceMegabytes: { smallest: 100, largest: 50_000 },
  mediaFilmMegabytes: { smallest: 1, largest: 1_000 },
  mediaDayMegabytes: { smallest: 10, largest: 5_000 }
} as const satisfies Partial<Record<keyof Settings, { readonly smallest: number; readonly largest: number }>>;
/** SG6: beyond what no TwinSpace of this relay goes, in millions of bytes, as its technician says; absent: as SG5 says. */
export type MediaCeilings = Readonly<Partial<Record<keyof typeof mediaRanges, number>>>;
/** SG3: so many languages at most. */
export const mostLanguages = 8;

/** What holds in a TwinSpace until an administrator chooses otherwise. */
export const defaultSettings: Settings = {
  teachersAddPupils: true,
  teachersExport: false,
  pupilsChangePassword: false,
  idleLockMinutes: 10,
  leaseDays: 30,
  languages: ['es', 'en'],
  mediaApproval: false,
  mediaSpaceMegabytes: 5_000,
  mediaFilmMegabytes: 150,
  mediaDayMegabytes: 500,
  comments: 'all',
  commentApproval: false
};

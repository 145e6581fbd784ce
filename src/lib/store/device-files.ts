import type { PageId, SpaceId } from '#lib/domain/ids.ts';

/** How many megabytes of what others made a device may keep (MT6). */
export const filesMegabytes = [100, 300, 1_000, 3_000] as const;

/** So many pages are kept with all that stands in them. */
export const mostKeptPages = 50;

/** A page of which a device keeps all files, films and sounds too (MT6). */
export interface KeptPage {
  readonly space: SpaceId;
  readonly page: PageId;
}

/** What somebody chose for the files on this device. */
export interface DeviceFiles {
  /** Absent: 300. */
  readonly megabytes?: (typeof filesMegabytes)[number];
  /** MT9 */
  readonly wifiOnly?: boolean;
  readonly kept?: readonly KeptPage[];
}

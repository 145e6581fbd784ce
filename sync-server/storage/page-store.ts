import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId, PageId, SpaceId } from '#lib/domain/ids.ts';

/** PG3: whose a clientID is in a page: nobody else writes under it. */
export interface PageWriter {
  readonly client: number;
  readonly actor: AccountId;
  readonly device: DeviceId;
}

/** A page, and the TwinSpace in which it is. */
export interface PageIn {
  readonly space: SpaceId;
  readonly page: PageId;
}

/** PG10: the page as it stood before somebody's first edit of a day. */
export interface PageVersion {
  /** Relay-wide, ascending, without a promise of no gaps. */
  readonly version: number;
  readonly on: CalendarDate;
  readonly before: AccountId;
}

/** PG13: an accepted edit of a page. */
export interface KeptEdit {
  readonly actor: AccountId;
  /** base64url, as it came; empty once it is pruned. */
  readonly payload: string;
}

/** What is kept of pages beside their documents. */
export interface PageStore {
  /** In no order. */
  writers(space: SpaceId, page: PageId): Promise<readonly PageWriter[]>;
  /** PG10: whether there is a version from before this person's first edit of that day. */
  hasVersion(at: PageIn, before: AccountId, on: CalendarDate): Promise<boolean>;
  /**
   * The change that was accepted last is the first that it does not have.
   *
   * @param bytes an update, gzip
   */
  keepVersion(at: PageIn, before: AccountId, on: CalendarDate, bytes: Uint8Array): Promise<void>;
  /** Newest first. */
  versions(at: PageIn): Promise<readonly PageVersion[]>;
  version(at: PageIn, version: number): Promise<Uint8Array | undefined>;
  /** PG13: the edits that came after a version, in order, at most so many. */
  since(at: PageIn, version: number, most: number): Promise<readonly KeptEdit[]>;
  /** Of each page's versions of before this day, and of those beyond so many, leaves the first of each week. */
  thinVersions(before: CalendarDate, most: number): Promise<void>;
  /** PA13: of the page no version is left, nor the payload of any edit, nor of what has read it in (FA9). */
  forgetHistory(at: PageIn): Promise<void>;
  /** PG8: something was written in the page that is not told yet. */
  move(space: SpaceId, page: PageId): Promise<void>;
  /** The pages of which that is so, in no order. */
  moved(): Promise<readonly PageIn[]>;
  /** It is told of these. */
  told(pages: readonly PageIn[]): Promise<void>;
  /** Somebody writes in the page for the first time. Rejects where the clientID is taken there. */
  write(space: SpaceId, page: PageId, writer: PageWriter): Promise<void>;
}

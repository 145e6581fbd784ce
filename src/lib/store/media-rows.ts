import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, FileHash, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { MediaKind } from '#lib/domain/records.ts';
import type { MediaPart } from '#lib/protocol/media.ts';

/** MT1: the bytes of media that this device has, or some of them; they lie in pieces. */
export interface MediaFileRow {
  /** `<media>.<part>` */
  readonly id: string;
  readonly space: SpaceId;
  readonly media: MediaId;
  readonly part: MediaPart;
  readonly kind: MediaKind;
  readonly hash: FileHash;
  /** Of the whole. */
  readonly bytes: number;
  /**
   * `waits`: made here, and the relay does not have all of it. `refused`: made here, and the relay would not have it.
   * `unwanted`: made here, and removed before the relay had it. `comes`: it is being fetched. `here`: the relay has it, too.
   */
  readonly state: 'waits' | 'refused' | 'unwanted' | 'comes' | 'here';
  /** Of what was made here: who made it. */
  readonly account?: AccountId;
  /** The change that announces it, until the relay has accepted that one. */
  change?: ChangeId;
  /** The day on which it was last looked at here. */
  readonly seen: CalendarDate;
}

/** MT1: a piece of a file's bytes. An ArrayBuffer: WebKit loses Blobs, or refuses them. */
export interface PieceRow {
  /** Of the file. */
  readonly file: string;
  readonly index: number;
  readonly bytes: ArrayBuffer;
}

/** MK9: a drawing that somebody has begun for a page and has neither put into it nor given up. */
export interface DrawingRow {
  readonly account: AccountId;
  readonly page: PageId;
  /** The drawing as JSON. */
  readonly text: string;
  readonly on: CalendarDate;
}

import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, BlockId, CommentId, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';

/**
 * What is begun: something to say of a page, other words for a comment, an answer to a page, why a picture is refused,
 * what can be seen in it, its caption; what a member tells of themselves, changed by staff; how one can be reached; the
 * list of a class (CL19).
 */
export type UnsentPlace =
  | `${'say' | 'answer'}/${PageId}`
  | `change/${CommentId}`
  | `${'refuse' | 'see' | 'caption'}/${MediaId}`
  | `profile/${SpaceId}/${AccountId}`
  | `${'contact' | 'class'}/${SpaceId}`;

/** CO11: words that somebody has begun to say on this device, and has neither sent nor given up. */
export interface UnsentRow {
  readonly account: AccountId;
  readonly place: UnsentPlace;
  readonly text: string;
  /** The paragraph that they are about, as it was when it was chosen. */
  readonly about?: { readonly block: BlockId; readonly words: string };
  readonly on: CalendarDate;
}

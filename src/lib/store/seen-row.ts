import type { CommentId, PageId } from '#lib/domain/ids.ts';

/** WN2: what somebody has seen of a TwinSpace. */
export interface SeenRow {
  readonly pages: readonly PageId[];
  /** The comments whose words could be read. */
  readonly said: readonly CommentId[];
  /** Theirs that waited for an adult's yes: comments and media. */
  readonly waiting: readonly string[];
  /** Pages that were handed in: a pupil's those they handed in themselves. */
  readonly handed: readonly PageId[];
}

import { isCommentGone } from '#lib/domain/comments.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, BlockId, CommentId, PageId } from '#lib/domain/ids.ts';
import { commentsNamed } from '#lib/domain/named.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { Comment, Passage, ReactionKind } from '#lib/domain/records.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import { commentsOf, reactionsOf } from '#lib/domain/said.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { View } from '../work/view.ts';

/** A comment as whoever reads the page sees it. */
export interface CommentRow {
  readonly id: CommentId;
  readonly by: AccountId;
  readonly name: string;
  readonly on: CalendarDate;
  /** Empty where it waits and its words are with staff alone (CO5). */
  readonly text: string;
  readonly about?: Passage;
  readonly edited: boolean;
  /** CO5: an adult has yet to say yes. */
  readonly waits: boolean;
  /** It has not reached the relay yet, or a change of it. */
  readonly sending: boolean;
  /** CO4: staff took it away; who, by name. */
  readonly removed?: string;
  readonly mine: boolean;
}

/** Who says something with a sign, of the page or of a paragraph. */
export interface ReactionRow {
  readonly by: AccountId;
  readonly name: string;
  readonly kind: ReactionKind;
  readonly block?: BlockId;
  readonly mine: boolean;
}

/** CO5: a comment that waits, as whoever says yes to it reads it. */
export interface CommentToRead extends Pick<Comment, 'page' | 'by' | 'on' | 'text' | 'about'> {
  readonly id: CommentId;
  readonly name: string;
}

/** Who looks. */
export interface Reader {
  readonly account: AccountId;
  readonly role: Role;
  readonly today: CalendarDate;
  /** As somebody is called here, told apart from others of that name. */
  readonly nameOf: (account: AccountId) => string;
}

/** CO5: what somebody sees of what was said of a page, in the order in which it came. */
export function commentRows(
  state: SpaceState,
  page: PageId,
  { account, role, today, nameOf }: Reader,
  waiting: View['waiting']
): readonly CommentRow[] {
  const sending = new Set(
    waiting.flatMap(({ row, change }) => (row.state.is === 'accepted' ? [] : commentsNamed(change)))
  );
  return [...commentsOf(state, page)]
    .filter(([, comment]) => {
      if (isCommentGone(comment, today)) return false;
      return isStaff(role) || (!comment.removed && (!comment.waiting || comment.by === account));
    })
    .sort(([id, one], [other, two]) => one.place - two.place || id.localeCompare(other))
    .map(([id, { by, on, text, about, edited, waiting: waits, removed }]) => ({
      id,
      by,
      name: nameOf(by),
      on,
      text,
      ...(about ? { about } : {}),
      edited: edited !== undefined,
      waits: waits === true,
      sending: sending.has(id),
      ...(removed ? { removed: nameOf(removed.by) } : {}),
      mine: by === account
    }));
}

/** CO6: the signs that a page and its paragraphs were given, by name. */
export function reactionRows(
  state: SpaceState,
  page: PageId,
  { account, nameOf }: Pick<Reader, 'account' | 'nameOf'>
): readonly ReactionRow[] {
  return [...reactionsOf(state, page).values()]
    .map(({ by, kind, block }) => ({
      by,
      name: nameOf(by),
      kind,
      ...(block === undefined ? {} : { block }),
      mine: by === account
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** CO5: what waits for a yes on pages that are not in the trash, longest waiting first. */
export function commentsToRead(
  state: SpaceState,
  nameOf: (account: AccountId) => string
): readonly CommentToRead[] {
  return [...state.staff.comments]
    .filter(([, { page, waiting, removed }]) => {
      const where = waiting && !removed ? pageIn(state, page) : undefined;
      return where !== undefined && !where.trashed;
    })
    .sort(
      ([id, one], [other, two]) =>
        one.on.localeCompare(two.on) ||
        one.page.localeCompare(two.page) ||
        one.place - two.place ||
        id.localeCompare(other)
    )
    .map(([id, { page, by, on, text, about }]) => ({
      id: id as CommentId,
      page,
      by,
      name: nameOf(by),
      on,
      text,
      ...(about ? { about } : {})
    }));
}

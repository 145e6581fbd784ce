import type { CommentId, PageId } from './ids.ts';
import type { Put } from './puts.ts';
import type { Comment, Reaction } from './records.ts';
import type { SpaceState } from './state.ts';

/**
 * CO3: a comment where it belongs: beside the page's record; of one that waits or is taken away its words are with staff
 * alone, and that it waits stands there without them.
 *
 * @param open whether the page's record is for everybody's devices (PA4)
 */
export function putComment(
  { members, staff }: SpaceState,
  key: CommentId,
  comment: Comment,
  open: boolean
): readonly Put[] {
  const { page, by, on, place, waiting, removed } = comment;
  const hint: Comment | null = waiting && !removed ? { page, by, on, place, text: '', waiting } : null;
  const whole = !waiting && !removed;
  const seen = open ? (whole ? comment : hint) : null;
  const kept = open && whole ? null : comment;
  const puts: Put[] = [];
  if (seen || members.comments.has(key)) puts.push({ doc: 'members', map: 'comments', key, value: seen });
  if (kept || staff.comments.has(key)) puts.push({ doc: 'staff', map: 'comments', key, value: kept });
  return puts;
}

/** The comment is gone, and nothing of it stays. */
export function dropComment({ members, staff }: SpaceState, key: CommentId): readonly Put[] {
  const puts: Put[] = [];
  if (members.comments.has(key)) puts.push({ doc: 'members', map: 'comments', key, value: null });
  if (staff.comments.has(key)) puts.push({ doc: 'staff', map: 'comments', key, value: null });
  return puts;
}

/** CO6: a member's reaction to a page, beside the page's record; null takes it away. */
export function putReaction(
  { members, staff }: SpaceState,
  key: string,
  reaction: Reaction | null,
  open: boolean
): readonly Put[] {
  const puts: Put[] = [];
  const [seen, kept] = open ? [reaction, null] : [null, reaction];
  if (seen || members.reactions.has(key)) puts.push({ doc: 'members', map: 'reactions', key, value: seen });
  if (kept || staff.reactions.has(key)) puts.push({ doc: 'staff', map: 'reactions', key, value: kept });
  return puts;
}

/** What was said of pages, by page; read once, when it is first asked for. */
export type Said = (page: PageId) => {
  readonly comments: readonly (readonly [CommentId, Comment])[];
  readonly reactions: readonly (readonly [string, Reaction])[];
};

/** For whoever asks for many pages of one TwinSpace as it stands. */
export function saidIn(state: Pick<SpaceState, 'members' | 'staff'>): Said {
  let all:
    | Readonly<{ comments: ReturnType<typeof commentsByPage>; reactions: ReturnType<typeof reactionsByPage> }>
    | undefined;
  return (page) => {
    all ??= { comments: commentsByPage(state), reactions: reactionsByPage(state) };
    return { comments: all.comments.get(page) ?? [], reactions: all.reactions.get(page) ?? [] };
  };
}

/** CO3: the record of the page goes elsewhere, and whatever was said of it goes along. */
export function saidMoved(state: SpaceState, page: PageId, open: boolean, said: Said): readonly Put[] {
  const { comments, reactions } = said(page);
  return [
    ...comments.flatMap(([key, comment]) => putComment(state, key, comment, open)),
    ...reactions.flatMap(([key, reaction]) => putReaction(state, key, reaction, open))
  ];
}

/** What was said of a page, as much of it as is known here, in no order. */
export function commentsOf(
  { members, staff }: Pick<SpaceState, 'members' | 'staff'>,
  page: PageId
): ReadonlyMap<CommentId, Comment> {
  const found = new Map<CommentId, Comment>();
  // The whole one stands with staff, where there are two.
  for (const comments of [members.comments, staff.comments]) {
    for (const [key, comment] of comments) if (comment.page === page) found.set(key as CommentId, comment);
  }
  return found;
}

/** The same of every page, read once. */
export function commentsByPage({
  members,
  staff
}: Pick<SpaceState, 'members' | 'staff'>): ReadonlyMap<PageId, readonly (readonly [CommentId, Comment])[]> {
  const found = new Map<PageId, (readonly [CommentId, Comment])[]>();
  for (const [key, comment] of new Map([...members.comments, ...staff.comments])) {
    const those = found.get(comment.page) ?? [];
    those.push([key as CommentId, comment]);
    found.set(comment.page, those);
  }
  return found;
}

/** The reactions to a page and its paragraphs, by the key of each. */
export function reactionsOf(
  { members, staff }: Pick<SpaceState, 'members' | 'staff'>,
  page: PageId
): ReadonlyMap<string, Reaction> {
  const found = new Map<string, Reaction>();
  for (const reactions of [members.reactions, staff.reactions]) {
    for (const [key, reaction] of reactions) if (reaction.page === page) found.set(key, reaction);
  }
  return found;
}

function reactionsByPage({
  members,
  staff
}: Pick<SpaceState, 'members' | 'staff'>): ReadonlyMap<PageId, readonly (readonly [string, Reaction])[]> {
  const found = new Map<PageId, (readonly [string, Reaction])[]>();
  for (const reactions of [members.reactions, staff.reactions])
    for (const [key, reaction] of reactions) {
      const those = found.get(reaction.page) ?? [];
      those.push([key, reaction]);
      found.set(reaction.page, those);
    }
  return found;
}

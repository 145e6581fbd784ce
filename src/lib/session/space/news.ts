import { commentIn } from '#lib/domain/comments.ts';
import type { AccountId, CommentId, MediaId, PageId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { Comment, Page } from '#lib/domain/records.ts';
import { commentsByPage } from '#lib/domain/said.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { SeenRow } from '#lib/store/seen-row.ts';

/** WN1: something that came since. */
export type News =
  | { readonly is: 'page' | 'handed-in'; readonly page: PageId; readonly by: AccountId }
  | { readonly is: 'given-back' | 'comment-approved'; readonly page: PageId }
  | {
      readonly is: 'said';
      readonly page: PageId;
      /** Each once, who spoke first first. */
      readonly by: readonly AccountId[];
      readonly count: number;
    }
  | { readonly is: 'media-approved'; readonly count: number };

/** Who looks, and what they can see. */
export interface Looking {
  readonly state: SpaceState;
  readonly account: AccountId;
  readonly staff: boolean;
  /** The pages that they may read, in the order of the tree. */
  readonly pages: readonly PageId[];
}

/** WN2: everything of it is seen. */
export function allSeen(looking: Looking): SeenRow {
  const { members, staff } = looking.state;
  const said = new Set<CommentId>();
  for (const comments of [members.comments, staff.comments])
    for (const [key, comment] of comments) if (isToRead(comment)) said.add(key as CommentId);
  return { pages: looking.pages, said: [...said], waiting: waitingOf(looking), handed: handedOf(looking) };
}

/** WN2: the same for one page alone. */
export function pageSeen(looking: Looking, seen: SeenRow, page: PageId): SeenRow {
  const now = allSeen(looking);
  const others = (ids: readonly PageId[]): readonly PageId[] => ids.filter((id) => id !== page);
  const pageOf = (id: string): PageId | undefined => commentIn(looking.state, id as CommentId)?.page;
  const of = (id: string): boolean => pageOf(id) === page;
  return {
    pages: [...others(seen.pages), page],
    said: [...seen.said.filter((id) => !of(id) && pageOf(id)), ...now.said.filter(of)],
    waiting: [...seen.waiting.filter((id) => !of(id)), ...now.waiting.filter(of)],
    handed: [...others(seen.handed), ...now.handed.filter((id) => id === page)]
  };
}

/** WN1: what of theirs waits for an answer now: for a yes, or, a pupil's, to be given back. */
export function awaited(looking: Looking): Pick<SeenRow, 'waiting' | 'handed'> {
  return { waiting: waitingOf(looking), handed: looking.staff ? [] : handedOf(looking) };
}

/** WN1: with what of theirs waits now, so that the answer is new when it comes; the very same where that was known. */
export function withAwaited(looking: Looking, seen: SeenRow): SeenRow {
  const now = awaited(looking);
  const waiting = [...new Set([...seen.waiting, ...now.waiting])];
  const handed = [...new Set([...seen.handed, ...now.handed])];
  const known = waiting.length === seen.waiting.length && handed.length === seen.handed.length;
  return known ? seen : { ...seen, waiting, handed };
}

/** WN1: what came since; in the order of the tree, what is about no page last. */
export function newsSince(looking: Looking, seen: SeenRow): readonly News[] {
  const { state, account } = looking;
  const [known, handed] = [new Set(seen.pages), new Set(seen.handed)];
  const comments = commentsByPage(state);
  const talk = { looking, read: new Set(seen.said), waited: new Set(seen.waiting) };
  const news = looking.pages.flatMap((id): readonly News[] => {
    const page = pageIn(state, id);
    if (!page) return [];
    const isNew = !known.has(id) && page.owner !== account;
    const isHandedNow = isHanded(looking, id);
    const theirs = page.handedIn !== undefined && page.handedIn.by !== account;
    return [
      ...(isNew ? [{ is: 'page', page: id, by: page.owner } as const] : []),
      ...(theirs && isHandedNow && !handed.has(id)
        ? [{ is: 'handed-in', page: id, by: page.handedIn.by } as const]
        : []),
      ...(!looking.staff && handed.has(id) && page.givenBack !== undefined
        ? [{ is: 'given-back', page: id } as const]
        : []),
      ...saidOf(talk, id, page, comments.get(id) ?? [])
    ];
  });
  const gone = (id: string): boolean => {
    const media = mediaIn(state, id as MediaId);
    return media !== undefined && !media.waiting && !media.removed;
  };
  const count = seen.waiting.filter(gone).length;
  return count > 0 ? [...news, { is: 'media-approved', count }] : news;
}

/** Who looks at what was said, and what they knew of it. */
interface Talk {
  readonly looking: Looking;
  readonly read: ReadonlySet<CommentId>;
  readonly waited: ReadonlySet<string>;
}

function saidOf(
  { looking: { account, staff }, read, waited }: Talk,
  id: PageId,
  page: Page,
  comments: readonly (readonly [CommentId, Comment])[]
): readonly News[] {
  const approved = comments.some(([key, { waiting, removed }]) => waited.has(key) && !waiting && !removed);
  const theirs =
    page.owner === account || page.editors.some(({ to }) => to.is === 'member' && to.account === account);
  const concerned = staff || theirs || comments.some(([, { by }]) => by === account);
  const fresh = comments
    .filter(([key, comment]) => !read.has(key) && comment.by !== account && isToRead(comment))
    .map(([, comment]) => comment)
    .sort((one, other) => one.place - other.place);
  const by = [...new Set(fresh.map((comment) => comment.by))];
  return [
    ...(approved ? [{ is: 'comment-approved', page: id } as const] : []),
    ...(concerned && fresh.length > 0 ? [{ is: 'said', page: id, by, count: fresh.length } as const] : [])
  ];
}

/** CO5: whether its words are there for whoever looks. */
function isToRead({ text, removed }: Comment): boolean {
  return !removed && text !== '';
}

/** Comments and media of theirs that wait for an adult's yes. */
function waitingOf({ state: { members, staff }, account }: Looking): readonly string[] {
  const waiting = new Set<string>();
  for (const comments of [members.comments, staff.comments])
    for (const [key, { by, waiting: waits }] of comments) if (by === account && waits) waiting.add(key);
  for (const [key, media] of members.media) if (media.owner === account && media.waiting) waiting.add(key);
  return [...waiting];
}

function handedOf(looking: Looking): readonly PageId[] {
  return looking.pages.filter((page) => isHanded(looking, page));
}

/** Whether it is handed in, as far as that concerns whoever looks. */
function isHanded({ state, account, staff }: Looking, id: PageId): boolean {
  const by = pageIn(state, id)?.handedIn?.by;
  return by !== undefined && (staff || by === account);
}

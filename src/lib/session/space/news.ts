import { commentIn } from '#lib/domain/comments.ts';
import type { AccountId, CommentId, MediaId, PageId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { Page } from '#lib/domain/records.ts';
import { commentsOf } from '#lib/domain/said.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { SeenRow } from '#lib/store/database.ts';

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
  const { state, account, pages } = looking;
  const { members, staff } = state;
  const said: Record<PageId, number> = {};
  const waiting = new Set<string>();
  for (const comments of [members.comments, staff.comments])
    for (const [key, { page, place, by, ...comment }] of comments) {
      said[page] = Math.max(said[page] ?? 0, place);
      if (by === account && comment.waiting) waiting.add(key);
    }
  for (const [key, media] of members.media) if (media.owner === account && media.waiting) waiting.add(key);
  return { pages, said, waiting: [...waiting], handed: pages.filter((page) => isHanded(looking, page)) };
}

/** WN2: the same for one page alone. */
export function pageSeen(looking: Looking, seen: SeenRow, page: PageId): SeenRow {
  const now = allSeen(looking);
  const others = (ids: readonly PageId[]): readonly PageId[] => ids.filter((id) => id !== page);
  const of = (id: string): boolean => commentIn(looking.state, id as CommentId)?.page === page;
  return {
    pages: [...others(seen.pages), page],
    said: { ...seen.said, [page]: now.said[page] ?? 0 },
    waiting: [...seen.waiting.filter((id) => !of(id)), ...now.waiting.filter(of)],
    handed: [...others(seen.handed), ...now.handed.filter((id) => id === page)]
  };
}

/** WN1: what came since; in the order of the tree, what is about no page last. */
export function newsSince(looking: Looking, seen: SeenRow): readonly News[] {
  const { state, account } = looking;
  const [known, handed] = [new Set(seen.pages), new Set(seen.handed)];
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
      ...(!looking.staff && handed.has(id) && !page.handedIn
        ? [{ is: 'given-back', page: id } as const]
        : []),
      ...saidOf(looking, seen, id, page)
    ];
  });
  const gone = (id: string): boolean => {
    const media = mediaIn(state, id as MediaId);
    return media !== undefined && !media.waiting && !media.removed;
  };
  const count = seen.waiting.filter(gone).length;
  return count > 0 ? [...news, { is: 'media-approved', count }] : news;
}

function saidOf(looking: Looking, seen: SeenRow, id: PageId, page: Page): readonly News[] {
  const { state, account, staff } = looking;
  const comments = [...commentsOf(state, id)];
  const waited = new Set(seen.waiting);
  const approved = comments.some(([key, { waiting, removed }]) => waited.has(key) && !waiting && !removed);
  const theirs =
    page.owner === account || page.editors.some(({ to }) => to.is === 'member' && to.account === account);
  const concerned = staff || theirs || comments.some(([, { by }]) => by === account);
  const last = seen.said[id] ?? 0;
  const fresh = comments
    .map(([, comment]) => comment)
    .filter(({ place, by, removed, text }) => place > last && by !== account && !removed && text !== '')
    .sort((one, other) => one.place - other.place);
  const by = [...new Set(fresh.map((comment) => comment.by))];
  return [
    ...(approved ? [{ is: 'comment-approved', page: id } as const] : []),
    ...(concerned && fresh.length > 0 ? [{ is: 'said', page: id, by, count: fresh.length } as const] : [])
  ];
}

/** Whether it is handed in, as far as that concerns whoever looks. */
function isHanded({ state, account, staff }: Looking, id: PageId): boolean {
  const by = pageIn(state, id)?.handedIn?.by;
  return by !== undefined && (staff || by === account);
}

import type { CalendarDate } from './dates.ts';
import type { About } from './facts.ts';
import type { PageId, VisitId } from './ids.ts';
import { pagesInOrder, top } from './page-order.ts';
import { pagesIn } from './pages.ts';
import type { Media, Page, Visit } from './records.ts';
import type { SpaceState } from './state.ts';

/** PU5: so many days a link for visitors opens at most. */
export const longestVisit = 366;
/** PU5: so many links of a TwinSpace open at once at most. */
export const mostVisits = 200;
/** PU5: so many pages a link names at most; more are all that is published. */
export const mostVisitPages = 500;

/** What every command says of itself that is about one link for visitors. */
export const aboutVisit = {
  since: 6,
  asks: ['give-visitor-link'],
  about: ({ visit }: { readonly visit: VisitId }): About => ({ is: 'visit', id: visit }),
  makes: 'nothing'
} as const;

/** PU5: whether the link still opens, or why it does not. */
export function visitStatus(
  { expires, revoked }: Pick<Visit, 'expires' | 'revoked'>,
  today: CalendarDate
): 'open' | 'revoked' | 'expired' {
  if (revoked) return 'revoked';
  return today > expires ? 'expired' : 'open';
}

/** PU4: the page as it is when visitors see nothing of it any more. */
export function unpublished({ published: _, ...page }: Page): Page {
  return page;
}

/** PU1, PU5: the pages that a link shows, in no order. */
export function pagesOfVisit(
  state: Pick<SpaceState, 'members' | 'staff'>,
  { pages }: Pick<Visit, 'pages'>
): ReadonlyMap<PageId, Page> {
  const named = pages === 'all' ? undefined : new Set(pages);
  return new Map([...pagesIn(state)].filter(([id, page]) => page.published && (!named || named.has(id))));
}

/** PU3: whether visitors see it where it stands in a published page. */
export function isForVisitors(media: Pick<Media, 'waiting' | 'removed'> | undefined): boolean {
  return media !== undefined && !media.waiting && !media.removed;
}

/** A page of a visit, and under how many others of it. */
export interface VisitEntry {
  readonly page: PageId;
  readonly depth: number;
}

/** PU3: the pages that a link shows in the order of the tree; what it does not show takes no place in it. */
export function contentsOf(
  state: Pick<SpaceState, 'members' | 'staff'>,
  visit: Pick<Visit, 'pages'>
): readonly VisitEntry[] {
  const shown = pagesOfVisit(state, visit);
  const order = pagesInOrder(state);
  const entries: VisitEntry[] = [];
  const add = (place: PageId | typeof top, depth: number): void => {
    for (const { id } of order.get(place) ?? []) {
      if (shown.has(id)) entries.push({ page: id, depth });
      add(id, shown.has(id) ? depth + 1 : depth);
    }
  };
  add(top, 0);
  return entries;
}

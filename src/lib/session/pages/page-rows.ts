import { namesIn } from '#lib/domain/called-apart.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { pagesInOrder, top, type ShownPage } from '#lib/domain/page-order.ts';
import { isFrozen } from '#lib/domain/page-writing.ts';
import { homePage } from '#lib/domain/pages.ts';
import type { Grant } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { mayTypeThrough, seenThrough, type Eyes } from './page-eyes.ts';

/** A page as its list shows it; in the order of the tree, each right before those under it. */
export interface PageRow {
  readonly id: PageId;
  readonly title: string;
  /** 0 at the top. */
  readonly depth: number;
  readonly parent?: PageId;
  readonly draft: boolean;
  readonly frozen: boolean;
  readonly home: boolean;
  /** Since when visitors see it as they do (PU1). */
  readonly published?: CalendarDate;
  /** HI1: since when, and by whose name, it is handed in. */
  readonly handedIn?: { readonly by: string; readonly on: CalendarDate };
  /** WR2: whether the signed-in person may write in it here and now, or why not. */
  readonly mayWrite: true | Refusal;
  /** How many edits of it wait on this device. */
  readonly waits: number;
}

/** PA7: a page in the trash that was thrown away by itself. */
export interface TrashedRow {
  readonly id: PageId;
  readonly title: string;
  /** Who threw it away, by name. */
  readonly by: string;
  readonly on: CalendarDate;
  /** How many pages under it went with it. */
  readonly under: number;
  readonly daysLeft: number;
  readonly mayRestore: true | Refusal;
}

/** PA5: whom a page was given to. */
export interface GrantRow extends Pick<Grant, 'to' | 'until'> {
  readonly by: string;
}

/**
 * The pages that somebody may see, drafts that were given to them among them; not those in the trash.
 *
 * @param waiting how many edits of each page wait here
 */
export function pageRows(
  eyes: Eyes,
  today: CalendarDate,
  waiting: ReadonlyMap<PageId, number>
): readonly PageRow[] {
  const { state } = eyes;
  const order = pagesInOrder(seenThrough(eyes, today));
  const home = homePage(state);
  const names = namesIn(state);
  const mayWrite = mayTypeThrough(eyes, today);
  const rows: PageRow[] = [];
  const walk = (beside: readonly ShownPage[], depth: number): void => {
    for (const { id, page } of beside) {
      const { title, parent } = page;
      rows.push({
        id,
        title,
        depth,
        ...(parent === undefined ? {} : { parent }),
        draft: page.draft === true,
        frozen: isFrozen(state, page),
        home: home === id,
        ...(page.published && { published: page.published.on }),
        ...(page.handedIn && {
          handedIn: {
            by: names.get(page.handedIn.by) ?? '',
            on: page.handedIn.on
          }
        }),
        mayWrite: mayWrite(id),
        waits: waiting.get(id) ?? 0
      });
      walk(order.get(id) ?? [], depth + 1);
    }
  };
  walk(order.get(top) ?? [], 0);
  return rows;
}

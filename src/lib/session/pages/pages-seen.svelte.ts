import { namesIn } from '#lib/domain/called-apart.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { pageIn } from '#lib/domain/pages.ts';
import { can } from '#lib/domain/permissions.ts';
import type { Page } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { mayTypeThrough, seenThrough, type Eyes } from './page-eyes.ts';
import { pageRows, type PageRow } from './page-rows.ts';

/** What pages are seen with. */
export interface Sight {
  readonly eyes: Eyes;
  readonly today: CalendarDate;
  /** How many edits of each page wait on this device. */
  readonly waiting: ReadonlyMap<PageId, number>;
}

/** The pages of a TwinSpace through somebody's eyes: what there is and what they may do in it; nothing can be done here. */
export class PagesSeen {
  readonly #sight: () => Sight;

  constructor(sight: () => Sight) {
    this.#sight = sight;
  }

  /** The pages that they may see, drafts that were given to them among them; not those in the trash. Kept until something moves. */
  readonly rows: readonly PageRow[] = $derived.by(() => {
    const { eyes, today, waiting } = this.#sight();
    return pageRows(eyes, today, waiting);
  });

  /** The page as it is here; undefined where they cannot see it, or it is in the trash. */
  page(id: string): Page | undefined {
    const { eyes, today } = this.#sight();
    const page = pageIn(seenThrough(eyes, today), id as PageId);
    return page?.trashed ? undefined : page;
  }

  /** PA8, PA11: whether they may type in it now, or why not. */
  mayWrite(id: PageId): true | Refusal {
    const { eyes, today } = this.#sight();
    return mayTypeThrough(eyes, today)(id);
  }

  /** PE24: who can give it, by name: its owner, if they are an adult, and administrators. */
  whoGives(id: PageId): readonly string[] {
    const { state } = this.#sight().eyes;
    const page = pageIn(state, id);
    if (!page) return [];
    const { owner } = page;
    const names = namesIn(state);
    return [...state.members.members]
      .filter(([, { role, status }]) => isStaff(role) && status.is === 'active')
      .filter(
        ([account, { role }]) =>
          can(role, 'give-page-permission', { mine: owner === account, permitted: false }) === true
      )
      .sort(([one], [other]) => Number(other === owner) - Number(one === owner))
      .map(([account]) => names.get(account) ?? '');
  }
}

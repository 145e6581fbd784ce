import type { CalendarDate } from '#lib/domain/dates.ts';
import type { PageId, SpaceId, VisitId } from '#lib/domain/ids.ts';
import type { PageIn } from './page-store.ts';

/** PU1: what visitors see of a page. */
export interface PublishedPage {
  readonly on: CalendarDate;
  readonly title: string;
  /** JSON of the parts of `published/content.ts`. */
  readonly parts: string;
}

/** What visitors see, and how often. */
export interface VisitStore {
  /** In the place of what they saw of it before. */
  publish(at: PageIn, page: PublishedPage): Promise<void>;
  /** PU4: nothing of it is left. */
  unpublish(at: PageIn): Promise<void>;
  published(at: PageIn): Promise<PublishedPage | undefined>;
  /** The titles of all published pages of a TwinSpace. */
  titles(space: SpaceId): Promise<ReadonlyMap<PageId, string>>;
  /** To which TwinSpace a link leads; of one that is known nothing changes. */
  link(visit: VisitId, space: SpaceId): Promise<void>;
  spaceOf(visit: VisitId): Promise<SpaceId | undefined>;
  /** VS4: it was opened once more on this day. */
  opened(visit: VisitId, on: CalendarDate): Promise<void>;
  /** VS4: how often these were opened, in all and on which day last; those that nobody has opened are missing. */
  counts(visits: readonly VisitId[]): Promise<ReadonlyMap<VisitId, VisitCount>>;
}

export interface VisitCount {
  readonly times: number;
  readonly last: CalendarDate;
}

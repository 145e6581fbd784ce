import { sql, type Kysely } from 'kysely';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { PageId, SpaceId, VisitId } from '#lib/domain/ids.ts';
import type { PageIn } from '#relay/storage/page-store.ts';
import type { VisitCount, VisitStore } from '#relay/storage/visit-store.ts';
import type { Tables } from './tables.ts';

/** What visitors see, and how often. */
export function visitStore(db: Kysely<Tables>): VisitStore {
  const pageAt = ({ space, page }: PageIn) =>
    db.selectFrom('published_pages').where('space', '=', space).where('page', '=', page);
  return {
    publish: async ({ space, page }, { on, title, parts }) => {
      const shown = { day: on, title, parts };
      await db
        .insertInto('published_pages')
        .values({ space, page, ...shown })
        .onConflict((conflict) => conflict.columns(['space', 'page']).doUpdateSet(shown))
        .execute();
    },
    unpublish: async ({ space, page }) => {
      await db.deleteFrom('published_pages').where('space', '=', space).where('page', '=', page).execute();
    },
    published: async (at) => {
      const row = await pageAt(at).select(['day', 'title', 'parts']).executeTakeFirst();
      return row && { on: row.day as CalendarDate, title: row.title, parts: row.parts };
    },
    titles: async (space) => {
      const rows = await db
        .selectFrom('published_pages')
        .select(['page', 'title'])
        .where('space', '=', space)
        .execute();
      return new Map(rows.map(({ page, title }) => [page as PageId, title]));
    },
    link: async (visit, space) => {
      await db
        .insertInto('visit_links')
        .values({ visit, space })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    spaceOf: async (visit) => {
      const row = await db
        .selectFrom('visit_links')
        .select('space')
        .where('visit', '=', visit)
        .executeTakeFirst();
      return row?.space as SpaceId | undefined;
    },
    opened: async (visit, on) => {
      await db
        .insertInto('visit_days')
        .values({ visit, day: on, count: 1 })
        .onConflict((conflict) =>
          conflict.columns(['visit', 'day']).doUpdateSet({ count: sql`visit_days.count + 1` })
        )
        .execute();
    },
    counts: async (visits) => {
      if (visits.length === 0) return new Map();
      const rows = await db
        .selectFrom('visit_days')
        .select(({ fn }) => ['visit', fn.sum<number>('count').as('times'), fn.max('day').as('last')])
        .where('visit', 'in', visits)
        .groupBy('visit')
        .execute();
      return new Map(
        rows.map((row): [VisitId, VisitCount] => [
          row.visit as VisitId,
          { times: Number(row.times), last: row.last as CalendarDate }
        ])
      );
    }
  };
}

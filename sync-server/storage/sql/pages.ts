import { sql, type Kysely } from 'kysely';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { KeptEdit, PageIn, PageStore, PageVersion, PageWriter } from '#relay/storage/page-store.ts';
import { inOne } from './in-one.ts';
import { inParts } from './in-parts.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

const markMoved = statement<Tables['pages_moved']>((db, blank) =>
  db
    .insertInto('pages_moved')
    .values({ space: blank('space'), page: blank('page') })
    .onConflict((conflict) => conflict.doNothing())
);

/** Who has written in pages, of which it is to be told, and how they stood before. */
export function pageStore(db: Kysely<Tables>): PageStore {
  return {
    writers: async (space, page) => {
      const rows = await db
        .selectFrom('page_writers')
        .select(['client', 'actor', 'device'])
        .where('space', '=', space)
        .where('page', '=', page)
        .execute();
      return rows.map((row): PageWriter => ({
        client: row.client,
        actor: row.actor as AccountId,
        device: row.device as DeviceId
      }));
    },
    write: async (space, page, { client, actor, device }) => {
      await db.insertInto('page_writers').values({ space, page, client, actor, device }).execute();
    },
    hasVersion: async ({ space, page }, before, day) => {
      const row = await db
        .selectFrom('page_versions')
        .select('version')
        .where('space', '=', space)
        .where('page', '=', page)
        .where('before', '=', before)
        .where('day', '=', day)
        .executeTakeFirst();
      return row !== undefined;
    },
    keepVersion: async ({ space, page }, before, day, bytes) => {
      const week = weekOf(day);
      const last = await db
        .selectFrom('changes')
        .select('seq')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      const until = last?.seq ?? 0;
      await db.insertInto('page_versions').values({ space, page, before, day, week, bytes, until }).execute();
    },
    versions: async ({ space, page }) => {
      const rows = await db
        .selectFrom('page_versions')
        .select(['version', 'day', 'before'])
        .where('space', '=', space)
        .where('page', '=', page)
        .orderBy('version', 'desc')
        .execute();
      return rows.map(({ version, day, before }): PageVersion => ({
        version,
        on: day as CalendarDate,
        before: before as AccountId
      }));
    },
    version: async ({ space, page }, version) => {
      const row = await db
        .selectFrom('page_versions')
        .select('bytes')
        .where('space', '=', space)
        .where('page', '=', page)
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.bytes;
    },
    since: async ({ space, page }, version, most) => {
      const rows = await db
        .selectFrom('changes')
        .select(['actor', 'payload'])
        .where('seq', '>=', (of) =>
          of
            .selectFrom('page_versions')
            .select('until')
            .where('space', '=', space)
            .where('page', '=', page)
            .where('version', '=', version)
        )
        .where('space', '=', space)
        .where('name', '=', 'edit')
        .where('header', 'like', naming(page))
        .orderBy('seq')
        .limit(most)
        .execute();
      return rows.map(({ actor, payload }): KeptEdit => ({ actor: actor as AccountId, payload }));
    },
    thinVersions: async (before, most) => {
      const counted = db
        .selectFrom('page_versions')
        .select([
          'version',
          'day',
          sql<number>`row_number() over (partition by space, page order by version desc)`.as('newest'),
          sql<number>`row_number() over (partition by space, page, week order by version)`.as('in_week')
        ])
        .as('counted');
      const superfluous = db
        .selectFrom(counted)
        .select('counted.version')
        .where('counted.in_week', '>', 1)
        .where((is) => is.or([is('counted.newest', '>', most), is('counted.day', '<', before)]));
      await db.deleteFrom('page_versions').where('version', 'in', superfluous).execute();
    },
    forgetHistory: ({ space, page }) =>
      inOne(db, async (tx) => {
        await tx.deleteFrom('page_versions').where('space', '=', space).where('page', '=', page).execute();
        await tx
          .updateTable('changes')
          .set({ payload: '' })
          .where('space', '=', space)
          .where('name', '=', 'edit')
          .where('header', 'like', naming(page))
          .execute();
        await forgetAuthors(tx, { space, page });
      }),
    move: async (space, page) => {
      await markMoved(db, { space, page });
    },
    moved: async () => {
      const rows = await db.selectFrom('pages_moved').select(['space', 'page']).execute();
      return rows.map((row): PageIn => ({ space: row.space as SpaceId, page: row.page as PageId }));
    },
    told: (pages) =>
      inOne(db, async (tx) => {
        for (const { space, page } of pages)
          await tx.deleteFrom('pages_moved').where('space', '=', space).where('page', '=', page).execute();
      })
  };
}

/** FA9: the change that read the page in loses its arguments: who wrote in it before stands there. */
async function forgetAuthors(tx: Kysely<Tables>, { space, page }: PageIn): Promise<void> {
  const rows = await tx
    .selectFrom('changes')
    .select(['seq', 'payload'])
    .where('space', '=', space)
    .where('name', '=', 'page.create')
    .where('payload', '<>', '')
    .execute();
  const made = rows.filter(({ payload }) => readsIn(payload, page)).map(({ seq }) => seq);
  for (const part of inParts(made))
    await tx.updateTable('changes').set({ payload: '' }).where('seq', 'in', part).execute();
}

/** Its form was checked when it was accepted. */
function readsIn(payload: string, page: PageId): boolean {
  const args = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
    readonly page?: unknown;
    readonly from?: unknown;
  };
  return args.page === page && args.from !== undefined;
}

/** Counted in weeks from Monday on. */
function weekOf(day: CalendarDate): number {
  // 1 January 1970 was a Thursday.
  return Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
}

/** The one place in an edit's header where the id of a page stands is that of its document. */
function naming(page: PageId): string {
  return `%"${page}"%`;
}

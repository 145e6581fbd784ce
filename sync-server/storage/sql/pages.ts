import type { Kysely } from 'kysely';
import type { AccountId, DeviceId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { PageIn, PageStore, PageWriter } from '#relay/storage/page-store.ts';
import { inOne } from './in-one.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

const markMoved = statement<Tables['pages_moved']>((db, blank) =>
  db
    .insertInto('pages_moved')
    .values({ space: blank('space'), page: blank('page') })
    .onConflict((conflict) => conflict.doNothing())
);

/** Who has written in pages, and of which it is to be told. */
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

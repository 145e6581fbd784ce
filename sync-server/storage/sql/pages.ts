import type { Kysely } from 'kysely';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { PageStore, PageWriter } from '#relay/storage/page-store.ts';
import type { Tables } from './tables.ts';

/** Who has written in pages. */
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
    }
  };
}

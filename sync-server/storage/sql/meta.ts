import type { Kysely } from 'kysely';
import type { Storage } from '#relay/storage/storage.ts';
import type { Tables } from './tables.ts';

/** What the relay keeps of itself, by key. */
export function metaStore(db: Kysely<Tables>): Storage['meta'] {
  return {
    get: async (key) =>
      (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value,
    set: async (key, value) => {
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    }
  };
}

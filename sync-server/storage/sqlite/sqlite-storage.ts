import type { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Storage } from '#relay/storage/storage.ts';
import { activityStore } from './activity.ts';
import { kyselyDatabase } from './adapter.ts';
import { changeStore } from './changes.ts';
import { deviceStore } from './devices.ts';
import { directoryStore } from './directory.ts';
import { documentStore } from './documents.ts';
import { erasureStore } from './erasures.ts';
import { LetIn } from './let-in.ts';
import type { Tables } from './tables.ts';
import { tabletStore } from './tablets.ts';

/** Storage on one SQLite database that this process has for itself. Closing it checkpoints the write-ahead log. */
export function sqliteStorage(database: DatabaseSync): Storage {
  const dialect = new SqliteDialect({ database: kyselyDatabase(database) });
  const db = new Kysely<Tables>({ dialect });
  const letIn = new LetIn();
  return {
    meta: {
      get: async (key) =>
        (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value,
      set: async (key, value) => {
        await db
          .insertInto('meta')
          .values({ key, value })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
          .execute();
      }
    },
    directory: directoryStore(db),
    documents: documentStore(db),
    changes: changeStore(db, letIn),
    devices: deviceStore(db, letIn),
    tablets: tabletStore(db, letIn),
    activity: activityStore(db),
    erasures: erasureStore(db, letIn),
    close: async () => {
      // Through Kysely's queue, so that whatever is under way ends first.
      await db.connection().execute(async () => {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        database.close();
      });
    }
  };
}

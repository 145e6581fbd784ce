import type { DatabaseSync } from 'node:sqlite';
import { Kysely, sql, SqliteDialect } from 'kysely';
import type { Storage } from '#relay/storage/storage.ts';
import { sqlStorage } from '../sql/sql-storage.ts';
import type { Tables } from '../sql/tables.ts';
import { kyselyDatabase } from './adapter.ts';

/** Storage on one SQLite database that this process has for itself. Closing it checkpoints the write-ahead log. */
export function sqliteStorage(database: DatabaseSync): Storage {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: kyselyDatabase(database) }) });
  return sqlStorage({
    db,
    // Freed pages are overwritten (`secure_delete`); the write-ahead log still has what they were.
    overwriteDeleted: async () => {
      await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
    },
    close: async () => {
      // Through Kysely's queue, so that whatever is under way ends first.
      await db.connection().execute(async () => {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        database.close();
      });
    }
  });
}

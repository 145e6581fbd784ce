import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/**
 * `node:sqlite` as Kysely's SQLite dialect wants it. After a full disk SQLite may have rolled back by itself; then
 * Kysely's own `rollback` must not be an error, and no `begin` may find a transaction open.
 */
export function kyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const nothing = {
    reader: false,
    all: () => [],
    run: () => ({ changes: 0, lastInsertRowid: 0 }),
    *iterate() {}
  };
  return {
    close: () => database.close(),
    prepare: (sql) => {
      if (sql === 'rollback' && !database.isTransaction) return nothing;
      if (sql === 'begin' && database.isTransaction) database.exec('rollback');
      const statement = database.prepare(sql);
      const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters))
      };
    }
  };
}

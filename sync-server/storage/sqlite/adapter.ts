import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/** A statement as Kysely runs it. */
type Prepared = ReturnType<SqliteDatabase['prepare']>;

/** So many prepared statements are kept; inserts of many rows make a text for every number of rows. */
const mostPrepared = 200;

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
  const prepared = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql);
    if (known) return known;
    if (prepared.size >= mostPrepared) prepared.clear();
    const made = preparedOf(database.prepare(sql));
    prepared.set(sql, made);
    return made;
  };
  return {
    close: () => database.close(),
    prepare: (sql) => {
      if (sql === 'rollback' && !database.isTransaction) return nothing;
      if (sql === 'begin' && database.isTransaction) database.exec('rollback');
      return prepare(sql);
    }
  };
}

function preparedOf(statement: StatementSync): Prepared {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters))
  };
}

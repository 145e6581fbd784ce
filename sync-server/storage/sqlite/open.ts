import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefusal } from '#relay/start-refusal.ts';
import { migrate, migrations, schemaVersion } from './migrations.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const codes = {
  perm: 3,
  busy: 5,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  notadb: 26
} as const;

/**
 * Bytes of a page of a new database. A change alters some pages of the index of ids at random, and each is written
 * whole: with SQLite's own 4096 that was twice what the change itself is.
 */
const pageBytes = 1024;

/** Bytes of the write-ahead log before it is brought into the database: what is altered again and again goes there once. */
const logBytes = 8 * 1024 * 1024;

/**
 * Opens the database in the folder, made if missing, for this process alone: the exclusive lock is the operating
 * system's, so it ends with the process however that ends (ST4). Write-ahead log, every commit on the disk before it
 * is acknowledged.
 *
 * @throws StartRefusal when it is locked, newer, damaged, or cannot be written
 */
export function openDatabase(folder: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'twinspace.sqlite');
    database = new DatabaseSync(path, { timeout: 0, allowExtension: false });
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // Before the first table, else it alters nothing.
    database.exec(`PRAGMA page_size = ${pageBytes}`);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA wal_autocheckpoint = ${Math.round(logBytes / sizeOfPages(database))}`);
    database.exec('PRAGMA synchronous = FULL');
    // ER5: what is deleted is overwritten, not only forgotten.
    database.exec('PRAGMA secure_delete = ON');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    check(database, folder);
    migrate(database);
    // ER5: what a killed process had overwritten may still stand in its write-ahead log.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof StartRefusal ? error : explain(error, folder);
  }
}

/** Bytes; a database from before has larger ones. */
function sizeOfPages(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
}

function check(database: DatabaseSync, folder: string): void {
  const version = schemaVersion(database);
  if (version > migrations.length) {
    throw new StartRefusal(
      'database-newer',
      `The database in ${folder} was written by a newer version of this program. ` +
        `Start that version, or choose another folder with DATA_DIR.`
    );
  }
  const damage = database.prepare('PRAGMA quick_check(1)').get();
  if (damage?.['quick_check'] !== 'ok') throw corrupt(folder);
}

function explain(error: unknown, folder: string): unknown {
  const unwritable = new StartRefusal(
    'data-unwritable',
    `The data folder ${folder} cannot be written. Give this user the right to write there, or choose another folder with DATA_DIR.`,
    { cause: error }
  );
  if (!(error instanceof Error)) return error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    switch (error.errcode & 0xff) {
      case codes.busy:
        return new StartRefusal(
          'database-locked',
          `Another relay is running on the data folder ${folder}. End it, or choose another folder with DATA_DIR.`,
          { cause: error }
        );
      case codes.notadb:
      case codes.corrupt:
        return corrupt(folder, error);
      case codes.full:
        return new StartRefusal(
          'database-full',
          `There is no space left for the data folder ${folder}. Make some, then start again.`,
          { cause: error }
        );
      case codes.perm:
      case codes.readonly:
      case codes.cantopen:
      case codes.ioerr:
        return unwritable;
    }
  }
  const systemCodes = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC'];
  return 'code' in error && systemCodes.includes(String(error.code)) ? unwritable : error;
}

function corrupt(folder: string, cause?: unknown): StartRefusal {
  return new StartRefusal(
    'database-corrupt',
    `The database in ${folder} is damaged. Put a backup of twinspace.sqlite in its place, or choose another folder with DATA_DIR.`,
    { cause }
  );
}

import type { DatabaseSync } from 'node:sqlite';

/** Every step there has ever been, oldest first; never changed once shipped. The schema's version is their number. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE directory (
    map TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (map, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE credentials (
    key TEXT PRIMARY KEY, account TEXT NOT NULL, scope TEXT NOT NULL, text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX credentials_of_account ON credentials (account, scope);
  CREATE TABLE invitations (
    secret_hash TEXT PRIMARY KEY, space TEXT NOT NULL, invitation TEXT NOT NULL
  ) STRICT;
  CREATE TABLE rooms (
    space TEXT NOT NULL, document TEXT NOT NULL, generation INTEGER NOT NULL, PRIMARY KEY (space, document)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE document_updates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, space TEXT NOT NULL, document TEXT NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX updates_of_document ON document_updates (space, document, seq);
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, secret_hash TEXT,
    space TEXT NOT NULL, device TEXT NOT NULL, carrier TEXT, header TEXT NOT NULL, payload TEXT NOT NULL,
    signature TEXT NOT NULL, received TEXT NOT NULL, verdict TEXT NOT NULL
  ) STRICT;
  CREATE TABLE refusals (
    id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, received TEXT NOT NULL, verdict TEXT NOT NULL
  ) STRICT;
  CREATE TABLE devices (
    id TEXT PRIMARY KEY, cookie_hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, owner TEXT NOT NULL,
    created TEXT NOT NULL, last_contact TEXT NOT NULL, confirmed INTEGER NOT NULL, revoked INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE device_accounts (
    device TEXT NOT NULL, account TEXT NOT NULL, PRIMARY KEY (device, account)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE activity (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, space TEXT NOT NULL, received TEXT NOT NULL, actor TEXT NOT NULL,
    name TEXT NOT NULL, about TEXT, detail TEXT NOT NULL, refused TEXT
  ) STRICT;
  CREATE INDEX activity_of_space ON activity (space, seq);
  CREATE INDEX activity_by_day ON activity (received);
  CREATE INDEX devices_of_account ON device_accounts (account);
  `,
  `
  CREATE TABLE erasure_receipts (
    account TEXT NOT NULL, device TEXT NOT NULL, confirmed TEXT, PRIMARY KEY (account, device)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erasures_of_device ON erasure_receipts (device, confirmed);
  ALTER TABLE devices ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
  `,
  `
  ALTER TABLE devices ADD COLUMN space TEXT;
  ALTER TABLE devices ADD COLUMN stage TEXT;
  ALTER TABLE devices ADD COLUMN name TEXT;
  ALTER TABLE devices ADD COLUMN offer TEXT;
  ALTER TABLE devices ADD COLUMN status TEXT;
  CREATE INDEX tablets_of_space ON devices (space);
  ALTER TABLE device_accounts ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE offers (
    offer TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE, code_hash TEXT NOT NULL UNIQUE, space TEXT NOT NULL,
    by TEXT NOT NULL, count INTEGER NOT NULL, used INTEGER NOT NULL, expires INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE changes ADD COLUMN takes_over TEXT;
  CREATE UNIQUE INDEX taken_over ON changes (takes_over) WHERE takes_over IS NOT NULL;
  UPDATE OR IGNORE changes SET takes_over = json_extract(header, '$.behalf.change')
    WHERE json_valid(header) AND json_extract(header, '$.behalf.change') IS NOT NULL;
  `,
  // GA17: an id is settled for its author in its TwinSpace. Of a refusal from before both are unknown, hence empty.
  `
  CREATE TABLE changes_of_authors (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, fingerprint TEXT NOT NULL, secret_hash TEXT,
    space TEXT NOT NULL, actor TEXT NOT NULL, name TEXT NOT NULL, device TEXT NOT NULL, carrier TEXT,
    header TEXT NOT NULL, payload TEXT NOT NULL, signature TEXT NOT NULL, received TEXT NOT NULL,
    verdict TEXT NOT NULL, takes_over TEXT, takes_from TEXT, UNIQUE (id, space, actor)
  ) STRICT;
  INSERT INTO changes_of_authors
    SELECT seq, id, fingerprint, secret_hash, space,
      CASE WHEN json_valid(header) THEN coalesce(json_extract(header, '$.actor'), '') ELSE '' END,
      CASE WHEN json_valid(header) THEN coalesce(json_extract(header, '$.name'), '') ELSE '' END,
      device, carrier, header, payload, signature, received, verdict, takes_over,
      CASE WHEN takes_over IS NULL THEN NULL ELSE coalesce(json_extract(header, '$.behalf.actor'), '') END
    FROM changes ORDER BY seq;
  DROP TABLE changes;
  ALTER TABLE changes_of_authors RENAME TO changes;
  CREATE UNIQUE INDEX taken_over ON changes (takes_over, space, takes_from) WHERE takes_over IS NOT NULL;
  CREATE INDEX changes_of_day ON changes (actor, received);
  CREATE INDEX drafts_kept ON changes (actor, space) WHERE name = 'draft.keep' AND payload <> '';
  CREATE TABLE refusals_of_authors (
    id TEXT NOT NULL, space TEXT NOT NULL, actor TEXT NOT NULL, fingerprint TEXT NOT NULL, received TEXT NOT NULL,
    verdict TEXT NOT NULL, PRIMARY KEY (id, space, actor)
  ) STRICT;
  INSERT INTO refusals_of_authors SELECT id, '', '', fingerprint, received, verdict FROM refusals;
  DROP TABLE refusals;
  ALTER TABLE refusals_of_authors RENAME TO refusals;
  CREATE INDEX refusals_of_day ON refusals (actor, received);
  ALTER TABLE activity ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
  CREATE INDEX refusals_told ON activity (space, received, actor, name, refused) WHERE refused IS NOT NULL;
  `,
  // PG3: whose a clientID is in a page.
  `
  CREATE TABLE page_writers (
    space TEXT NOT NULL, page TEXT NOT NULL, client INTEGER NOT NULL, actor TEXT NOT NULL, device TEXT NOT NULL,
    PRIMARY KEY (space, page, client)
  ) STRICT, WITHOUT ROWID;
  `,
  // PG8: the pages in which something was written that is not told yet; at first all that have any text.
  `
  CREATE TABLE pages_moved (space TEXT NOT NULL, page TEXT NOT NULL, PRIMARY KEY (space, page)) STRICT, WITHOUT ROWID;
  INSERT INTO pages_moved SELECT space, substr(document, 6) FROM rooms WHERE document LIKE 'page/%';
  `,
  // PG10: pages as they stood before somebody's first edit of a day.
  `
  CREATE TABLE page_versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT, space TEXT NOT NULL, page TEXT NOT NULL, before TEXT NOT NULL,
    day TEXT NOT NULL, week INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (space, page, before, day)
  ) STRICT;
  `,
  // PG13: with which change it begins to be another.
  `
  ALTER TABLE page_versions ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
  `,
  // PU1: what visitors see; PU5: to which TwinSpace a link leads; VS4: how often it was opened on a day.
  `
  CREATE TABLE published_pages (
    space TEXT NOT NULL, page TEXT NOT NULL, day TEXT NOT NULL, title TEXT NOT NULL, parts TEXT NOT NULL,
    PRIMARY KEY (space, page)
  ) STRICT;
  CREATE TABLE visit_links (visit TEXT PRIMARY KEY, space TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE visit_days (
    visit TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (visit, day)
  ) STRICT, WITHOUT ROWID;
  `,
  // GA18: what is kept of each account on a day is counted as it comes; an index of every change for it cost more than the change.
  `
  CREATE TABLE kept_on_days (
    day TEXT NOT NULL, actor TEXT NOT NULL, changes INTEGER NOT NULL, bytes INTEGER NOT NULL,
    PRIMARY KEY (day, actor)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO kept_on_days
    SELECT received, actor, count(*), sum(octet_length(header) + octet_length(payload) + octet_length(signature))
    FROM changes WHERE received = (SELECT max(received) FROM changes) GROUP BY received, actor;
  DROP INDEX changes_of_day;
  `
];

/** The version that the database says it has; 0 for an empty one. */
export function schemaVersion(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

/** Brings the database to the newest version, each step whole or not at all. */
export function migrate(database: DatabaseSync): void {
  for (let version = schemaVersion(database); version < migrations.length; version++) {
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(migrations[version] ?? '');
      database.exec(`PRAGMA user_version = ${version + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

import { DatabaseSync } from 'node:sqlite';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import type { RelayProcess } from './relay-process.ts';

/** An accepted change in the relay's log. */
export interface LoggedChange {
  readonly id: string;
  readonly actor: string;
  readonly device: string;
  /** Of a command; `page.edit` for what somebody wrote. */
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** What is left of the words that each account has typed in the pages, whatever page and clientID, in no order. */
export type Typed = ReadonlyMap<string, readonly string[]>;

/** What a relay that was stopped has in its log, oldest first. */
export function logOf(relay: RelayProcess): readonly LoggedChange[] {
  return read(relay, (db) =>
    db
      .prepare('SELECT id, header, payload FROM changes ORDER BY seq')
      .all()
      .map((row) => {
        const header = JSON.parse(String(row['header'])) as LoggedChange & { readonly kind?: 'edit' };
        const { actor, device, kind } = header;
        const id = String(row['id']);
        if (kind === 'edit') return { id, actor, device, name: 'page.edit', args: {} };
        // Of a draft that was replaced only the envelope is left (GA19).
        const payload = Buffer.from(String(row['payload']), 'base64url').toString();
        const args = (payload === '' ? {} : JSON.parse(payload)) as LoggedChange['args'];
        return { id, actor, device, name: header.name, args };
      })
  );
}

/** Under whose name the relay has what stands in its pages: the words of each person, one text for each clientID. */
export function typedIn(relay: RelayProcess): Typed {
  return read(relay, (db) => {
    const typed = new Map<string, string[]>();
    for (const { page, client, actor } of db.prepare('SELECT page, client, actor FROM page_writers').all()) {
      const doc = new Y.Doc();
      const updates = db
        .prepare('SELECT bytes FROM document_updates WHERE document = ? ORDER BY seq')
        .all(`page/${String(page)}`);
      for (const { bytes } of updates) Y.applyUpdate(doc, bytes as Uint8Array);
      const words = (doc.store.clients.get(Number(client)) ?? [])
        .map((struct) =>
          struct instanceof Y.Item && !struct.deleted && struct.content instanceof Y.ContentString
            ? struct.content.str
            : ''
        )
        .join('');
      typed.set(String(actor), [...(typed.get(String(actor)) ?? []), words]);
    }
    return typed;
  });
}

/** Reads in a copy of the relay's data, as a technician would look at a backup. */
function read<Found>(relay: RelayProcess, look: (db: DatabaseSync) => Found): Found {
  const copy = mkdtempSync(join(tmpdir(), 'twinspace-log-'));
  try {
    cpSync(relay.folder, copy, { recursive: true });
    const db = new DatabaseSync(join(copy, 'twinspace.sqlite'), { readOnly: true });
    try {
      return look(db);
    } finally {
      db.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

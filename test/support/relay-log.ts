import { DatabaseSync } from 'node:sqlite';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RelayProcess } from './relay-process.ts';

/** An accepted change in the relay's log. */
export interface LoggedChange {
  readonly id: string;
  readonly actor: string;
  readonly device: string;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/**
 * What a relay that was stopped has in its log, oldest first: read from a copy of its data, as a technician would look at
 * a backup.
 */
export function logOf(relay: RelayProcess): readonly LoggedChange[] {
  const copy = mkdtempSync(join(tmpdir(), 'twinspace-log-'));
  try {
    cpSync(relay.folder, copy, { recursive: true });
    const db = new DatabaseSync(join(copy, 'twinspace.sqlite'), { readOnly: true });
    const rows = db.prepare('SELECT id, header, payload FROM changes ORDER BY seq').all();
    db.close();
    return rows.map((row) => {
      const { actor, device, name } = JSON.parse(String(row['header'])) as LoggedChange;
      // Of a draft that was replaced only the envelope is left (GA19).
      const payload = Buffer.from(String(row['payload']), 'base64url').toString();
      const args = (payload === '' ? {} : JSON.parse(payload)) as LoggedChange['args'];
      return { id: String(row['id']), actor, device, name, args };
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

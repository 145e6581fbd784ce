import { readHeader, readPayload, readUpdate, type Header } from '#lib/protocol/change.ts';
import { readBackup as readFile, writeBackup } from '#lib/protocol/backup.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { takeIn, unsent, type TakenIn } from '#lib/store/backup.ts';
import type { NewRow } from '#lib/store/outbox.ts';
import type { Tab } from '../device/tab.ts';
import { asked, done, failed, type Result } from '../device/result.ts';

/** A file to be kept or carried elsewhere. */
export interface Backup {
  readonly filename: string;
  readonly text: string;
  /** So many changes are in it. */
  readonly count: number;
}

/** BK1: everything on this device that the relay has not accepted, whoever made it, waiting or refused. */
export async function makeBackup(app: Tab): Promise<Backup> {
  const changes = await unsent(app.db);
  const made = app.today();
  const text = await writeBackup({ device: app.deviceRow.id, made, changes });
  return { filename: `twinspace-${made}-${app.deviceRow.id.slice(0, 8)}.json`, text, count: changes.length };
}

/**
 * BK2: takes in what such a file holds and this device does not know yet: it waits here and is sent as it was signed,
 * under its own authors. Taking the same file in again changes nothing.
 */
export async function readBackup(app: Tab, text: string): Promise<Result<TakenIn>> {
  if (app.device.is !== 'enrolled' || app.tablet?.stage === 'waiting') return failed('not-enrolled');
  const content = await readFile(text);
  if (typeof content === 'string') return failed(content);
  const rows: NewRow[] = [];
  for (const signed of content.changes) {
    const row = await rowOf(signed);
    if (typeof row === 'string') return failed(row);
    rows.push(row);
  }
  const taken = await asked(async () => done(await takeIn(app.db, rows)));
  if (taken.ok && taken.value.added > 0) void app.contact.sendNow();
  return taken;
}

/** Nothing of the file counts but what was signed: who made it, and what, stands in the header. */
async function rowOf(signed: SignedChange): Promise<NewRow | 'damaged' | 'newer-version'> {
  const header = readHeader(signed.header);
  if ('newer' in header) return 'newer-version';
  if ('refused' in header || 'refused' in (await contentOf(header, signed.payload))) return 'damaged';
  const { id, space, actor } = header;
  const what =
    header.kind === 'edit' ? ({ name: 'page.edit', page: header.doc } as const) : { name: header.name };
  return { id, space, actor, ...what, signed };
}

function contentOf(header: Header, payload: string) {
  return header.kind === 'edit' ? readUpdate(header, payload) : readPayload(header, payload);
}

import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import { announcementIn } from '#lib/protocol/announcement.ts';
import { backupCaps } from '#lib/protocol/backup.ts';
import { readHeader, readPayload, readUpdate } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { takeIn, type BroughtFile, type TakenIn } from '#lib/store/backup.ts';
import { dropPieces, whileMaking } from '#lib/store/media-files.ts';
import type { NewRow } from '#lib/store/outbox.ts';
import { done, failed, isOutOfRoom, problemOf, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { FilesTaken, type FileCounts } from './files-taken.ts';
import type { Going } from './make-backup.ts';
import { openBackup, type OpenBackup, type Opened } from './open-backup.ts';

/** What came of loading a copy. */
export interface Loaded extends TakenIn {
  readonly files: FileCounts;
}

/** A change of a copy as it is to wait here, and what it announces. */
interface Brought {
  readonly row: NewRow;
  readonly announces?: CommandArgs['media.add'];
}

/**
 * BK2, BK5: takes in what the volumes of a copy hold and this device does not know yet: it waits here and is sent as it was
 * signed, under its own authors. Each file of media is looked at as the relay will, and lies here before the change that
 * announces it does. What is missing, damaged or finds no room is told and keeps nothing else back. Taking the same in
 * again changes nothing.
 *
 * @returns undefined where it was stopped: nothing has been taken in then
 */
export async function readBackup(
  work: Bench,
  volumes: readonly Blob[],
  going: Going
): Promise<Result<Loaded> | undefined> {
  const { app } = work;
  if (app.device.is !== 'enrolled' || app.tablet?.stage === 'waiting') return failed('not-enrolled');
  try {
    const read = await readVolumes(volumes);
    if (typeof read === 'string') return failed(read);
    const loaded = await whileMaking(() => take(work, read, going));
    if (loaded.added > 0 || loaded.files.added > 0) void app.contact.sendNow();
    return done(loaded);
  } catch (error) {
    return going.stop.aborted ? undefined : problemOf(error);
  }
}

/** What all volumes hold together. */
interface Read {
  readonly opened: readonly OpenBackup[];
  readonly brought: readonly Brought[];
}

async function readVolumes(volumes: readonly Blob[]): Promise<Read | Exclude<Opened, OpenBackup>> {
  const opened: OpenBackup[] = [];
  const brought = new Map<string, Brought>();
  for (const volume of volumes.slice(0, backupCaps.volumes)) {
    const open = await openBackup(volume);
    if (typeof open === 'string') return open;
    opened.push(open);
    for (const signed of open.content.changes) {
      const one = await readChange(signed);
      if (typeof one === 'string') return one;
      if (!brought.has(one.row.id)) brought.set(one.row.id, one);
    }
  }
  return { opened, brought: [...brought.values()] };
}

/** MT1: the pieces first, and then, all at once, the changes and the rows that name the pieces. */
async function take(work: Bench, { opened, brought }: Read, going: Going): Promise<Loaded> {
  const { db, care } = work.app;
  const rows = brought.map(({ row }) => row);
  const taken = new FilesTaken(work, opened, announcedIn(brought), going);
  const named = (files: readonly BroughtFile[]): Promise<TakenIn> => care.kept(() => takeIn(db, rows, files));
  try {
    await taken.keep();
    going.stop.throwIfAborted();
    const changes = await named(taken.files).catch(async (error: unknown) => {
      if (taken.files.length === 0 || !isOutOfRoom(error)) throw error;
      // What people did comes before what they filmed.
      await taken.giveUp();
      return named([]);
    });
    return { ...changes, files: taken.counts() };
  } catch (error) {
    await dropPieces(db, taken.written).catch(() => undefined);
    throw error;
  }
}

function announcedIn(brought: readonly Brought[]): ConstructorParameters<typeof FilesTaken>[2] {
  const announced = new Map<string, { readonly row: NewRow; readonly said: CommandArgs['media.add'] }>();
  for (const { row, announces } of brought)
    if (announces && !announced.has(announces.media))
      announced.set(announces.media, { row, said: announces });
  return announced;
}

/** Nothing of the file counts but what was signed: who made it, and what, stands in the header. */
async function readChange(signed: SignedChange): Promise<Brought | 'damaged' | 'newer-version'> {
  const header = readHeader(signed.header);
  if ('newer' in header) return 'newer-version';
  if ('refused' in header) return 'damaged';
  const { id, space, actor } = header;
  if (header.kind === 'edit') {
    if (isRefusal(await readUpdate(header, signed.payload))) return 'damaged';
    return { row: { id, space, actor, name: 'page.edit', page: header.doc, signed } };
  }
  const args = await readPayload(header, signed.payload);
  if (isRefusal(args)) return 'damaged';
  const row = { id, space, actor, name: header.name, signed };
  const announces = announcementIn(header, args);
  return announces ? { row, announces } : { row };
}

import { backupEntry, writeBackup, type BackupContent } from '#lib/protocol/backup.ts';
import { stretchName, volumeBytes, volumesOf, type Stretch } from '#lib/protocol/backup-volumes.ts';
import { unsent } from '#lib/store/backup.ts';
import type { Database } from '#lib/store/database.ts';
import { pieceBytes, pieceOf } from '#lib/store/media-files.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import type { ZipEntry } from '#lib/zip/write-zip.ts';
import { asked, done, problemOf, type Result } from '../device/result.ts';
import type { Tab } from '../device/tab.ts';

/** How far something that takes its time has come, in bytes. */
export type Step = (done: number, of: number) => void;

/** What ends something that takes its time, and who is told how far it is. */
export interface Going {
  readonly stop: AbortSignal;
  readonly step: Step;
}

/** A copy of what lies here as it is at this moment, made one volume after the other. */
export interface Backup {
  /** How many files the browser gets: one, unless there is more than one can hold. */
  readonly volumes: number;
  /**
   * The volume with this number, from 1 on. A file that has reached the relay meanwhile and is not here any more is left out.
   *
   * @returns undefined where it was stopped
   */
  volume(number: number, going: Going): Promise<Result<File> | undefined>;
}

/** The device of which a copy is made. */
type Holding = Pick<Tab, 'db' | 'deviceRow' | 'today'>;

type Laid = readonly Stretch<MediaFileRow>[];

/** Bytes that the list of files in a volume, and the end of the ZIP, take for each file beside what is known of it. */
const listed = 64;

/**
 * BK1, BK4: everything on this device that the relay has not accepted, whoever made it, waiting or refused: the changes as
 * a text, and where files of media wait, too, as ZIPs with that text and the files.
 *
 * @param most bytes of a volume
 */
export function makeBackup(app: Holding, most = volumeBytes): Promise<Result<Backup>> {
  return asked(async () => done(await laidOut(app, most)));
}

async function laidOut(app: Holding, most: number): Promise<Backup> {
  const { changes, files } = await unsent(app.db);
  const [device, made] = [app.deviceRow.id, app.today()];
  const filename = `twinspace-${made}-${device.slice(0, 8)}`;
  const content = {
    device,
    made,
    changes,
    volume: 1,
    volumes: 1,
    files: files.map((row) => backed(row, [1]))
  };
  const text = await writeBackup(content);
  if (files.length === 0) {
    const file = new File([text], `${filename}.json`, { type: 'application/json' });
    return { volumes: 1, volume: () => Promise.resolve(done(file)) };
  }
  const room = Math.max(pieceBytes, most - new Blob([text]).size - listed * (files.length + 1));
  const laid = volumesOf(files, room);
  const places = placesOf(laid);
  const filed = files.map((row) => backed(row, places.get(row.id) ?? []));
  const volumes = laid.length;
  const write = async (volume: number, going: Going): Promise<File> => {
    const text = await writeBackup({ ...content, volume, volumes, files: filed });
    const stretches = stretchesOf(app.db, laid[volume - 1] ?? [], going);
    const { writeZip } = await import('#lib/zip/write-zip.ts');
    const zip = await writeZip(
      [{ name: backupEntry, content: text }, ...stretches],
      new Date(`${made}T00:00`)
    );
    const numbered = volumes > 1 ? `-${volume}-${volumes}` : '';
    return new File([zip], `${filename}${numbered}.zip`, { type: zip.type });
  };
  return {
    volumes,
    volume: async (number, going) => {
      try {
        return done(await write(number, going));
      } catch (error) {
        return going.stop.aborted ? undefined : problemOf(error);
      }
    }
  };
}

function backed(
  { space, media, part, kind }: MediaFileRow,
  volumes: number[]
): BackupContent['files'][number] {
  return { space, media, part, kind, in: volumes };
}

/** By file, in which volumes it lies. */
function placesOf(laid: readonly Laid[]): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, volume] of laid.entries())
    for (const { file } of volume) places.set(file.id, [...(places.get(file.id) ?? []), at + 1]);
  return places;
}

function stretchesOf(db: Database, laid: Laid, { stop, step }: Going): readonly ZipEntry[] {
  const of = laid.reduce((sum, { from, to }) => sum + to - from, 0);
  let done = 0;
  const read = (bytes: number): void => {
    stop.throwIfAborted();
    done += bytes;
    step(done, of);
  };
  return laid.map((stretch) => ({
    name: stretchName({ ...stretch.file, from: stretch.from }),
    content: piecesOf(db, stretch, read)
  }));
}

/** The bytes of a stretch, a piece at a time; they end where a piece is not here any more. */
async function* piecesOf(
  db: Database,
  { file, from, to }: Stretch<MediaFileRow>,
  read: (bytes: number) => void
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  for (let at = from; at < to;) {
    const index = Math.floor(at / pieceBytes);
    const piece = await pieceOf(db, file.id, index);
    if (!piece) return;
    const begins = index * pieceBytes;
    const bytes = new Uint8Array(piece).subarray(at - begins, to - begins);
    read(bytes.length);
    yield bytes;
    at += bytes.length;
  }
}

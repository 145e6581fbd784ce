import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Media } from '#lib/domain/records.ts';
import type { BackedFile } from '#lib/protocol/backup.ts';
import type { BroughtFile } from '#lib/store/backup.ts';
import { dropPieces, fileId, hasWhole, pieceBytes, putPiece } from '#lib/store/media-files.ts';
import type { NewRow } from '#lib/store/outbox.ts';
import { isOutOfRoom } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { isAsAnnounced, type Announced } from './is-as-announced.ts';
import type { Going } from './make-backup.ts';
import { joined, type FoundStretch, type OpenBackup } from './open-backup.ts';

/** How many pictures, films and sounds of a copy came, and why others did not. */
export interface FileCounts {
  /** They lie here now, and are sent from here. */
  readonly added: number;
  /** In volumes that were not loaded; the numbers of these volumes, and how many the copy has. */
  readonly missing: number;
  readonly volumes: readonly number[];
  readonly of: number;
  /** They found no room. */
  readonly full: number;
  /** Their bytes are not those that were announced. */
  readonly damaged: number;
  /** Neither the copy nor this device knows what was announced of them. */
  readonly unknown: number;
}

/** What became of a file; the earlier ones count for media of which one file came and the other did not. */
const fates = ['full', 'damaged', 'missing', 'unknown', 'added', 'known'] as const;
type Fate = (typeof fates)[number];

/** What a file has to be, and whose it is. */
interface Expected extends Announced {
  readonly owner: AccountId;
  readonly change?: NewRow['id'];
}

/** A file of a copy whose bytes are to be looked at. */
interface Wanted extends Expected {
  readonly file: BackedFile;
  readonly bytes: Blob;
}

/** By media, the signed change that announces them. */
type AnnouncedIn = ReadonlyMap<string, { readonly row: NewRow; readonly said: CommandArgs['media.add'] }>;

/** BK5: the files of media of a copy on their way into this device. */
export class FilesTaken {
  /** Those whose pieces lie here, to be named. */
  files: readonly BroughtFile[] = [];
  /** Files of which there may be pieces that nothing names. */
  readonly written: string[] = [];
  readonly #work: Bench;
  readonly #opened: readonly OpenBackup[];
  readonly #announced: AnnouncedIn;
  readonly #going: Going;
  readonly #fates = new Map<string, Fate>();
  readonly #missingIn = new Set<number>();

  constructor(work: Bench, opened: readonly OpenBackup[], announced: AnnouncedIn, going: Going) {
    this.#work = work;
    this.#opened = opened;
    this.#announced = announced;
    this.#going = going;
  }

  /** Looks at each and writes its pieces, small ones first; what finds no room leaves nothing. */
  async keep(): Promise<void> {
    const wanted = (await this.#wanted()).sort((one, other) => one.bytes.size - other.bytes.size);
    // Each is read twice: to be looked at, and to be kept.
    const of = wanted.reduce((sum, { bytes }) => sum + 2 * bytes.size, 0);
    let at = 0;
    const read = (bytes: number): void => {
      this.#going.stop.throwIfAborted();
      this.#work.stillAtWork();
      at += bytes;
      this.#going.step(at, of);
    };
    let full = false;
    for (const one of wanted) {
      if (full) this.#note(one.file, 'full');
      else if (!(await isAsAnnounced(one.bytes, one, read))) this.#note(one.file, 'damaged');
      else if (await this.#write(one, read)) this.#note(one.file, 'added');
      else {
        full = true;
        this.#note(one.file, 'full');
      }
    }
  }

  /** There is no room for any of them. */
  async giveUp(): Promise<void> {
    await dropPieces(this.#work.app.db, this.written);
    for (const { space, media, part } of this.files) this.#note({ space, media, part }, 'full');
    this.files = [];
  }

  counts(): FileCounts {
    const all = [...this.#fates.values()];
    const count = (fate: Fate): number => all.filter((one) => one === fate).length;
    return {
      added: count('added'),
      missing: count('missing'),
      volumes: [...this.#missingIn].sort((one, other) => one - other),
      of: Math.max(...this.#opened.map(({ content }) => content.volumes)),
      full: count('full'),
      damaged: count('damaged'),
      unknown: count('unknown')
    };
  }

  /** Those that this device can use and does not have. */
  async #wanted(): Promise<Wanted[]> {
    const at = new Map<string, FoundStretch[]>();
    const files = new Map<string, BackedFile>();
    for (const { content, stretches } of this.#opened) {
      for (const [id, found] of stretches) at.set(id, [...(at.get(id) ?? []), ...found]);
      for (const file of content.files) files.set(fileId(file.media, file.part), file);
    }
    const wanted: Wanted[] = [];
    for (const [id, file] of files) {
      const expected = this.#expected(file);
      const bytes = expected && expected !== 'known' && joined(at.get(id) ?? [], expected.said.bytes);
      if (!expected) this.#note(file, 'unknown');
      else if (expected === 'known' || (await this.#isHere(id))) this.#note(file, 'known');
      else if (bytes) wanted.push({ ...expected, file, bytes });
      else this.#missing(file);
    }
    return wanted;
  }

  /** What the relay has taken of it counts, else what was signed; `known`: nobody needs its bytes. */
  #expected({ space, media, part }: BackedFile): Expected | 'known' | undefined {
    const record = this.#work.view.spaces.get(space)?.members.media.get(media);
    if (record?.here?.[part] || record?.removed) return 'known';
    const found = this.#announced.get(media);
    const signed = found?.row.space === space ? found : undefined;
    const all: Pick<Media, 'kind' | 'hash' | 'bytes' | 'width' | 'height' | 'preview'> | undefined =
      record ?? signed?.said;
    const said = part === 'file' ? all : all?.preview;
    const owner = record?.owner ?? signed?.row.actor;
    if (!all || !said || owner === undefined) return undefined;
    return {
      said,
      ...(part === 'file' ? { size: all } : {}),
      owner,
      ...(signed ? { change: signed.row.id } : {})
    };
  }

  async #isHere(id: string): Promise<boolean> {
    const { db } = this.#work.app;
    const row = await db.mediaFiles.get(id);
    if (!row) return false;
    // Made here, and some of it may be gone: then it comes back.
    return (row.state !== 'waits' && row.state !== 'refused') || hasWhole(db, row);
  }

  #missing(file: BackedFile): void {
    const loaded = new Set(this.#opened.map(({ content }) => content.volume));
    const elsewhere = file.in.filter((volume) => !loaded.has(volume));
    for (const volume of elsewhere) this.#missingIn.add(volume);
    this.#note(file, elsewhere.length > 0 ? 'missing' : 'damaged');
  }

  /** @returns whether there was room for all of it */
  async #write(
    { file, bytes, said, owner, change }: Wanted,
    read: (bytes: number) => void
  ): Promise<boolean> {
    const { db, care } = this.#work.app;
    const { space, media, part } = file;
    const id = fileId(media, part);
    this.written.push(id);
    try {
      for (let at = 0; at < bytes.size; at += pieceBytes) {
        const piece = await bytes.slice(at, at + pieceBytes).arrayBuffer();
        read(piece.byteLength);
        await care.kept(() => putPiece(db, id, at / pieceBytes, piece));
      }
    } catch (error) {
      if (!isOutOfRoom(error)) throw error;
      await dropPieces(db, [id]);
      return false;
    }
    const { kind, hash } = said;
    const made = { account: owner, seen: this.#work.today, ...(change === undefined ? {} : { change }) };
    this.files = [...this.files, { id, space, media, part, kind, hash, bytes: said.bytes, ...made }];
    return true;
  }

  #note({ media }: Pick<BackedFile, 'space' | 'media' | 'part'>, fate: Fate): void {
    const before = this.#fates.get(media);
    if (before === undefined || fates.indexOf(fate) < fates.indexOf(before)) this.#fates.set(media, fate);
  }
}

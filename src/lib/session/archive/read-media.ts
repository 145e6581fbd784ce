import { mediaIn } from '#lib/domain/media.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { Media } from '#lib/domain/records.ts';
import type { ArchivedMediaEntry } from '#lib/protocol/archives.ts';
import { takeIn } from '#lib/store/backup.ts';
import { bytesWaiting, dropPieces, whileMaking } from '#lib/store/media-files.ts';
import { refused } from '../device/result.ts';
import { judge } from '../work/may.ts';
import { archivedMedia, type ArchivedMedia } from './archived-media.ts';
import { keepArchived, type KeptMedia } from './keep-archived.ts';
import { lackBytes } from './lack-bytes.ts';
import { mostTogether, type Reading } from './reading.ts';
import type { StandsIn } from './read-pages.ts';
import { Together } from './together.ts';

/** FA7: bytes that may lie here and wait for the relay. */
export const mostUnsent = 200_000_000;
/** Milliseconds until it is looked again whether the relay has more. */
const lookAgain = 500;
/** Milliseconds: keeping a picture takes longer than announcing it, so that each would go by itself. */
const apart = 1000;

/** Media whose pieces lie here. */
interface Kept extends KeptMedia {
  readonly title: string | undefined;
}

/**
 * FA6: reads the media of an archive in, one after the other: their pieces are kept, and then they are announced. What was
 * not announced in the end leaves nothing.
 */
export function readMedia(reading: Reading, standsIn: StandsIn): Promise<void> {
  return whileMaking(() => new ReadingMedia(reading, standsIn).all(), reading.stop);
}

class ReadingMedia {
  readonly #reading: Reading;
  readonly #standsIn: StandsIn;
  readonly #together = new Together<Kept>(mostTogether, (ones) => this.#announce(ones), { apart });
  /** In bytes: what waits here at most. */
  #waiting = Infinity;
  /** The pieces of the one before, while the next one is looked at. */
  #keeping: Promise<void> = Promise.resolve();
  /** Files whose pieces nothing names yet. */
  readonly #loose = new Set<string>();

  constructor(reading: Reading, standsIn: StandsIn) {
    this.#reading = reading;
    this.#standsIn = standsIn;
  }

  async all(): Promise<void> {
    try {
      for (const entry of this.#reading.archive.said.media) {
        if (entry.file === undefined) continue;
        this.#reading.look();
        await this.#one(entry);
      }
      await this.#keeping;
      await this.#together.all();
    } finally {
      await this.#keeping.catch(() => undefined);
      await this.#together.leave();
      await dropPieces(this.#reading.work.app.db, [...this.#loose]).catch(() => undefined);
    }
  }

  async #one(entry: ArchivedMediaEntry): Promise<void> {
    const reading = this.#reading;
    const { work, space, archive, ids } = reading;
    const id = ids.media.get(entry.media);
    if (!id) return;
    const record = mediaIn(reading.state, id);
    if (record && !(await lackBytes(work, id, record))) return reading.known('media');
    const { page, title } = this.#standsIn.get(id) ?? {};
    await this.#room(entry.bytes);
    const found = archivedMedia(archive, entry, ids);
    const there = page && pageIn(reading.state, page) ? page : undefined;
    const look = (): void => reading.look();
    const args = found && (await reading.looking.media(found, there, look));
    if (!args) return reading.spoilt('media', title);
    const allowed = record ? true : judge(work, space, 'media.add', args);
    if (allowed !== true) return reading.answered('media', title, refused(allowed));
    await this.#keeping;
    this.#keeping = this.#keep(found, args, { record, title });
    // Whoever waits for it next is told.
    this.#keeping.catch(() => undefined);
  }

  async #keep(
    found: ArchivedMedia,
    args: KeptMedia['args'],
    { record, title }: { readonly record: Media | undefined; readonly title: string | undefined }
  ): Promise<void> {
    const kept = await keepArchived(this.#reading, found, args, this.#loose);
    if (record) await this.#give(kept, title);
    else await this.#together.add({ ...kept, title });
  }

  /** FA10: the relay knows of them, and has never got their bytes: they are sent from here. */
  async #give({ files }: KeptMedia, title: string | undefined): Promise<void> {
    const rows = files.map(({ state: _, ...row }) => row);
    await takeIn(this.#reading.work.app.db, [], rows);
    this.#named(files);
    this.#reading.answered('media', title, { ok: true, value: undefined });
  }

  async #announce(ones: readonly Kept[]): Promise<void> {
    const { work, space } = this.#reading;
    const wishes = ones.map(({ args, files }) => ({ name: 'media.add', args, files }) as const);
    const answers = await work.submitMany(space, wishes);
    for (const [at, one] of ones.entries()) if (answers[at]?.ok) this.#named(one.files);
    for (const [at, one] of ones.entries()) {
      const answer = answers[at];
      if (answer) this.#reading.answered('media', one.title, answer);
    }
  }

  #named(files: KeptMedia['files']): void {
    for (const { id } of files) this.#loose.delete(id);
  }

  /** FA7: resolves when so little waits for the relay here that this may be added. */
  async #room(bytes: number): Promise<void> {
    while (this.#waiting > 0 && this.#waiting + bytes > mostUnsent) {
      await this.#together.all();
      this.#waiting = await bytesWaiting(this.#reading.work.app.db);
      if (this.#waiting === 0 || this.#waiting + bytes <= mostUnsent) break;
      this.#reading.waits(true);
      await new Promise((resolve) => setTimeout(resolve, lookAgain));
      this.#reading.look();
    }
    this.#reading.waits(false);
    this.#waiting += bytes;
  }
}

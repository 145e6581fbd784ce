import { sha256 } from '#lib/crypto/encoding.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { FileHash } from '#lib/domain/ids.ts';
import type { MediaKind } from '#lib/domain/records.ts';
import type { MediaAddress } from '#lib/protocol/media.ts';
import type { Database } from '#lib/store/database.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';
import { dropFiles, fileId, pieceBytes, piecesHere, putPiece, wholeFile } from '#lib/store/media-files.ts';
import { isStorageFailure } from '#lib/store/storage-failure.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

/** A file that this device would like to have. */
export interface WantedFile extends MediaAddress {
  readonly kind: MediaKind;
  readonly hash: FileHash;
  readonly bytes: number;
}

/** Bytes up to which what has come is compared with its hash: a film is too much to be held at once. */
const compared = 12_000_000;

/**
 * MT6: fetches files from the relay, the most wanted first, one at a time, in pieces: what was cut off goes on there.
 * Tried again at growing intervals while the relay cannot be reached; what the relay does not give is asked for again when
 * something else is wanted. Stops when closed.
 */
export class MediaFetcher {
  readonly #db: Database;
  readonly #relay: RelayClient;
  readonly #today: () => CalendarDate;
  readonly #pause = new GrowingPause();
  #wanted: readonly WantedFile[] = [];
  /** What was not given since something else was wanted. */
  readonly #missed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(db: Database, relay: RelayClient, today: () => CalendarDate) {
    this.#db = db;
    this.#relay = relay;
    this.#today = today;
  }

  /** What is wanted from now on, the most wanted first. */
  want(files: readonly WantedFile[]): void {
    this.#wanted = files;
    this.#missed.clear();
    this.now();
  }

  /** Tries at once. */
  now(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let next = this.#next(); next; next = this.#next()) {
      try {
        if (!(await this.#fetch(next))) this.#missed.add(fileId(next.media, next.part));
        this.#wanted = this.#wanted.filter((one) => one !== next);
        this.#pause.reset();
      } catch (error) {
        if (
          error instanceof RelayError
            ? error.unreached || error.code === 'slow-down'
            : isStorageFailure(error)
        )
          return this.#later(error instanceof RelayError ? error.seconds : undefined);
        if (!(error instanceof RelayError)) throw error;
        this.#missed.add(fileId(next.media, next.part));
      }
    }
  }

  #next(): WantedFile | undefined {
    if (this.#closed) return undefined;
    return this.#wanted.find(({ media, part }) => !this.#missed.has(fileId(media, part)));
  }

  /** @returns whether it is here now */
  async #fetch(wanted: WantedFile): Promise<boolean> {
    const { space, media, part, kind, hash, bytes } = wanted;
    const id = fileId(media, part);
    const known = await this.#db.mediaFiles.get(id);
    if (known && known.state !== 'comes') return true;
    const row: MediaFileRow = {
      id,
      space,
      media,
      part,
      kind,
      hash,
      bytes,
      state: 'comes',
      seen: this.#today()
    };
    if (!known) await this.#db.mediaFiles.put(row);
    for (let at = (await piecesHere(this.#db, id)) * pieceBytes; at < bytes; at += pieceBytes) {
      const piece = await this.#relay.media(wanted, at, Math.min(at + pieceBytes, bytes));
      if (this.#closed) return false;
      await putPiece(this.#db, id, at / pieceBytes, piece.buffer);
    }
    await this.#db.mediaFiles.update(id, { state: 'here' });
    if (bytes > compared || (await this.#isWhole(id, hash))) return true;
    await dropFiles(this.#db, [id]);
    return false;
  }

  async #isWhole(id: string, hash: FileHash): Promise<boolean> {
    const blob = await wholeFile(this.#db, id);
    return blob !== undefined && (await sha256(new Uint8Array(await blob.arrayBuffer()))) === hash;
  }

  #later(seconds?: number): void {
    if (this.#closed) return;
    const pause = seconds === undefined ? this.#pause.next() : seconds * 1000;
    this.#timer = setTimeout(() => this.now(), pause);
  }
}

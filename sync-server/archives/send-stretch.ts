import { Readable } from 'node:stream';
import { zipStream, type SizedEntry } from '#lib/zip/stream-zip.ts';
import type { MediaStore } from '#relay/media/media-store.ts';
import type { Archive } from './archives.ts';
import type { LaidFile } from './lay-out.ts';

/**
 * TH7: the bytes of an archive from `from` to before `to`. What comes before is read again and not sent: the sums that
 * stand at the end of a ZIP are of all its files.
 */
export function stretchOfArchive(
  archive: Archive,
  media: MediaStore,
  from: number,
  to: number
): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(bytesOf(archive, media, from, to)));
}

async function* bytesOf(
  { files, spool, on }: Archive,
  media: MediaStore,
  from: number,
  to: number
): AsyncGenerator<Uint8Array, void, void> {
  const opened = new Opened();
  const open = (file: LaidFile): ReadableStream<Uint8Array> =>
    'media' in file ? media.read(file.media, 0, file.size) : spool.read(file.spooled);
  const entries = function* (): Generator<SizedEntry, void, void> {
    for (const file of files)
      yield { name: file.name, size: file.size, content: opened.bytesOf(file.size, () => open(file)) };
  };
  const reader = zipStream(entries(), on).getReader();
  try {
    for (let at = 0; at < to;) {
      const { done, value } = await reader.read();
      if (done) return;
      const [begin, end] = [Math.max(from - at, 0), Math.min(to - at, value.length)];
      if (begin < end) yield value.subarray(begin, end);
      at += value.length;
    }
  } finally {
    opened.end();
    void reader.cancel().catch(() => undefined);
  }
}

/**
 * What is open of the files of an archive, one at a time: whoever writes the ZIP reads ahead, and where it ends early
 * leaves the file open.
 */
class Opened {
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #isOver = false;

  /** Opened when it is first read; nothing of an empty file. */
  async *bytesOf(
    size: number,
    open: () => ReadableStream<Uint8Array>
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    if (size === 0 || this.#isOver) return;
    const reader = open().getReader();
    this.#reader = reader;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as Uint8Array<ArrayBuffer>;
    }
  }

  /** Closes what is open, and opens nothing more. */
  end(): void {
    this.#isOver = true;
    void this.#reader?.cancel().catch(() => undefined);
  }
}

import { Readable } from 'node:stream';
import { zipStream, type SizedEntry } from '#lib/zip/stream-zip.ts';
import type { MediaStore } from '#relay/media/media-store.ts';
import type { Archive } from './archives.ts';
import type { LaidFile } from './lay-out.ts';

/** What is open of the files of an archive: one at a time. */
interface Opened {
  close?: () => void;
}

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
  const opened: Opened = {};
  const contentOf = (file: LaidFile): SizedEntry['content'] =>
    'media' in file ? readMedia(media, file, opened) : spool.read(file.spooled);
  const entries = function* (): Generator<SizedEntry, void, void> {
    for (const file of files) yield { name: file.name, size: file.size, content: contentOf(file) };
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
    opened.close?.();
    void reader.cancel().catch(() => undefined);
  }
}

async function* readMedia(
  media: MediaStore,
  file: Extract<LaidFile, { readonly media: unknown }>,
  opened: Opened
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const reader = media.read(file.media, 0, file.size).getReader();
  opened.close = () => void reader.cancel().catch(() => undefined);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value as Uint8Array<ArrayBuffer>;
  }
}

import { makeZip } from 'client-zip';

/** A file in a ZIP. */
export interface ZipEntry {
  readonly name: string;
  /** A text, or the bytes of a file as they come. */
  readonly content: string | AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Bytes that are handed to the browser together: what is written lies with it and not in the page. */
const together = 1024 * 1024;

/**
 * A ZIP of these files, stored as they are, in this order. As much of it is in memory at once as one of the files gives at
 * a time.
 *
 * @param on what all of them say of when they were made
 * @throws whatever the content of a file throws
 */
export async function writeZip(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  on: Date
): Promise<Blob> {
  const reader = makeZip(named(entries, on)).getReader();
  const parts: Blob[] = [];
  let open: BlobPart[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || size >= together) {
      parts.push(new Blob(open));
      [open, size] = [[], 0];
    }
    if (done) return new Blob(parts, { type: 'application/zip' });
    open.push(value as Uint8Array<ArrayBuffer>);
    size += value.length;
  }
}

async function* named(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  lastModified: Date
): AsyncGenerator<{ name: string; lastModified: Date; input: ZipEntry['content'] }> {
  for await (const { name, content } of entries) yield { name, lastModified, input: content };
}

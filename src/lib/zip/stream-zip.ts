import { makeZip, predictLength } from 'client-zip';

/** A file in a ZIP whose length is known before it is read. */
export interface SizedEntry {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** In bytes: how long the ZIP of these files is; beyond four gigabytes it is a ZIP64. */
export function zipLength(entries: Iterable<Omit<SizedEntry, 'content'>>): number {
  return Number(predictLength(entries));
}

/** The ZIP of these files, stored as they are, in this order, as it is read; the same for the same files and day. */
export function zipStream(entries: Iterable<SizedEntry>, on: Date): ReadableStream<Uint8Array> {
  return makeZip(named(entries, on));
}

function* named(
  entries: Iterable<SizedEntry>,
  lastModified: Date
): Generator<{ name: string; size: number; lastModified: Date; input: SizedEntry['content'] }> {
  for (const { name, size, content } of entries) yield { name, size, lastModified, input: content };
}

import { crc32 } from '#lib/media/crc32.ts';

/** A file in a ZIP whose length is known before it is read. */
export interface ZipFile {
  /** In ASCII. */
  readonly name: string;
  /** In bytes; below four gigabytes. */
  readonly size: number;
}

/** CRC-32 of the files that were read to their end, by their place in the ZIP. */
export type Sums = Map<number, number>;

/** What is asked for of a ZIP, from where to before where. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** What all files say of when they were made. */
  readonly on: Date;
  /** Those that are known; others are added. */
  readonly sums: Sums;
}

// APPNOTE.TXT 6.3.10, 4.3.7 to 4.3.16: lengths in bytes, and how they begin.
const localHeader = { bytes: 30, begins: 0x04034b50 } as const;
const descriptor = { bytes: 16, begins: 0x08074b50 } as const;
const fileHeader = { bytes: 46, begins: 0x02014b50, longOffset: 12 } as const;
const longEnd = { bytes: 56, begins: 0x06064b50 } as const;
const longEndPlace = { bytes: 20, begins: 0x07064b50 } as const;
const endRecord = { bytes: 22, begins: 0x06054b50 } as const;

/** From it on a number does not fit in four bytes. */
const long = 0xffffffff;
/** 4.5, with ZIP64; made under Unix. */
const [needs, madeBy] = [45, 0x032d];
/** The sum stands behind the file; names are UTF-8. */
const flags = 0x0808;
/** A plain file that its owner may write, as Unix says it. */
const mode = 0o100664;

/** In bytes: how long the ZIP of these files is; beyond four gigabytes it is a ZIP64. */
export function zipLength(files: readonly ZipFile[]): number {
  const content = files.reduce((sum, file) => sum + lengthIn(file), 0);
  return content + listOf(files, new Date(0), new Map()).length;
}

/**
 * A stretch of the ZIP of these files, stored as they are, in this order; the same for the same files and day. Of what
 * comes before it only files are read whose sum is not known: all sums stand at the end.
 *
 * @param read the bytes of the file at this place, from one of its bytes on
 */
export async function* zipStretch(
  files: readonly ZipFile[],
  { from, to, on, sums }: Stretch,
  read: (place: number, from: number) => AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array, void, void> {
  let at = 0;
  const told = function* (bytes: Uint8Array): Generator<Uint8Array, void, void> {
    const [first, last] = [Math.max(from - at, 0), Math.min(to - at, bytes.length)];
    at += bytes.length;
    if (first < last) yield bytes.subarray(first, last);
  };
  for (const [place, file] of files.entries()) {
    const known = sums.get(place);
    if (known !== undefined && at + lengthIn(file) <= from) {
      at += lengthIn(file);
      continue;
    }
    yield* told(localOf(file, on));
    const skipped = known === undefined ? 0 : Math.min(Math.max(from - at, 0), file.size);
    at += skipped;
    let sum = 0;
    if (at < to && skipped < file.size)
      for await (const bytes of read(place, skipped)) {
        if (known === undefined) sum = crc32(bytes, sum);
        yield* told(bytes);
        if (at >= to) break;
      }
    if (at >= to) return;
    sums.set(place, known ?? sum);
    yield* told(descriptorOf(file, known ?? sum));
  }
  yield* told(listOf(files, on, sums));
}

function lengthIn({ name, size }: ZipFile): number {
  return localHeader.bytes + name.length + size + descriptor.bytes;
}

function localOf({ name }: ZipFile, on: Date): Uint8Array {
  const bytes = Buffer.alloc(localHeader.bytes + name.length);
  bytes.writeUInt32LE(localHeader.begins, 0);
  bytes.writeUInt16LE(needs, 4);
  bytes.writeUInt16LE(flags, 6);
  writeDay(bytes, on, 10);
  bytes.writeUInt16LE(name.length, 26);
  bytes.write(name, localHeader.bytes, 'latin1');
  return bytes;
}

function descriptorOf({ size }: ZipFile, sum: number): Uint8Array {
  const bytes = Buffer.alloc(descriptor.bytes);
  bytes.writeUInt32LE(descriptor.begins, 0);
  bytes.writeUInt32LE(sum, 4);
  bytes.writeUInt32LE(size, 8);
  bytes.writeUInt32LE(size, 12);
  return bytes;
}

/** What stands behind the files: a list of them, and where it begins. */
function listOf(files: readonly ZipFile[], on: Date, sums: Sums): Uint8Array {
  let from = 0;
  const headers = files.map((file, place) => {
    const header = headerOf(file, on, sums.get(place) ?? 0, from);
    from += lengthIn(file);
    return header;
  });
  const list = Buffer.concat(headers);
  const count = files.length;
  const end = Buffer.alloc(endRecord.bytes);
  end.writeUInt32LE(endRecord.begins, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(Math.min(from, long), 16);
  return Buffer.concat([list, ...(from >= long ? longEndOf(count, list.length, from) : []), end]);
}

function headerOf({ name, size }: ZipFile, on: Date, sum: number, from: number): Uint8Array {
  const more = from >= long ? fileHeader.longOffset : 0;
  const bytes = Buffer.alloc(fileHeader.bytes + name.length + more);
  bytes.writeUInt32LE(fileHeader.begins, 0);
  bytes.writeUInt16LE(madeBy, 4);
  bytes.writeUInt16LE(needs, 6);
  bytes.writeUInt16LE(flags, 8);
  writeDay(bytes, on, 12);
  bytes.writeUInt32LE(sum, 16);
  bytes.writeUInt32LE(size, 20);
  bytes.writeUInt32LE(size, 24);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt16LE(more, 30);
  bytes.writeUInt16LE(mode, 40);
  bytes.writeUInt32LE(Math.min(from, long), 42);
  const behind = fileHeader.bytes + bytes.write(name, fileHeader.bytes, 'latin1');
  if (more === 0) return bytes;
  bytes.writeUInt16LE(1, behind);
  bytes.writeUInt16LE(8, behind + 2);
  bytes.writeBigUInt64LE(BigInt(from), behind + 4);
  return bytes;
}

function longEndOf(count: number, length: number, from: number): readonly Uint8Array[] {
  const end = Buffer.alloc(longEnd.bytes);
  end.writeUInt32LE(longEnd.begins, 0);
  end.writeBigUInt64LE(BigInt(longEnd.bytes - 12), 4);
  end.writeUInt16LE(madeBy, 12);
  end.writeUInt16LE(needs, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(from), 48);
  const place = Buffer.alloc(longEndPlace.bytes);
  place.writeUInt32LE(longEndPlace.begins, 0);
  place.writeBigUInt64LE(BigInt(from + length), 8);
  place.writeUInt32LE(1, 16);
  return [end, place];
}

/** As MS-DOS says it, in the time of this machine. */
function writeDay(bytes: Buffer, on: Date, at: number): void {
  bytes.writeUInt16LE((on.getSeconds() >> 1) | (on.getMinutes() << 5) | (on.getHours() << 11), at);
  bytes.writeUInt16LE(
    on.getDate() | ((on.getMonth() + 1) << 5) | ((Math.max(on.getFullYear(), 1980) - 1980) << 9),
    at + 2
  );
}

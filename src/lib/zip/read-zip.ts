/** Files in a ZIP, by name; their bytes stay where the ZIP is until they are read. */
export type Unzipped = ReadonlyMap<string, Blob>;

/** The same with the CRC-32 that the list has for each. */
export type UnzippedWithSums = ReadonlyMap<string, { readonly bytes: Blob; readonly sum: number }>;

/**
 * Why a ZIP is not read. `broken`: it is none, or is not whole. Else another program has made it, compressed, enciphered or
 * laid out otherwise: these are the names in it.
 */
export type ZipProblem = 'broken' | { readonly foreign: readonly string[] };

/** Files in one ZIP, and bytes that its list has for each, at most. */
const most = { entries: 50_000, listed: 512 } as const;

// APPNOTE.TXT 6.3.10, 4.3.7 to 4.3.16: lengths in bytes, and how they begin.
const localHeader = { bytes: 30, begins: 0x04034b50 } as const;
const descriptor = { bytes: 16 } as const;
const fileHeader = { bytes: 46, begins: 0x02014b50, longOffset: 12 } as const;
const longEnd = { bytes: 56, begins: 0x06064b50 } as const;
const longEndPlace = { bytes: 20, begins: 0x07064b50 } as const;
const endRecord = { bytes: 22, begins: 0x06054b50 } as const;

/** From it on a place does not fit in four bytes, and stands elsewhere (ZIP64). */
const long = 0xffffffff;
/** What Unix calls a plain file, in the upper half of its attributes. */
const plainFile = 0o100000;

/**
 * The files of a ZIP as `writeZip` and the relay lay it out: one behind the other without a gap, each stored as it is. So
 * no file is larger than its bytes are, no two share any, and what is not listed is not there. Nothing but its list is
 * read, and no bytes are compared with anything: whoever uses a file has to.
 *
 * Fails only where the blob cannot be read.
 */
export async function readZip(zip: Blob): Promise<Unzipped | ZipProblem> {
  const files = await readZipWithSums(zip);
  if (typeof files === 'string' || 'foreign' in files) return files;
  return new Map([...files].map(([name, { bytes }]) => [name, bytes]));
}

/** As `readZip`, with what the list says of the bytes of each. */
export async function readZipWithSums(zip: Blob): Promise<UnzippedWithSums | ZipProblem> {
  const list = await listIn(zip);
  if (!list || list.count > most.entries || list.to - list.from > list.count * most.listed) return 'broken';
  const listed = readList(await viewOf(zip.slice(list.from, list.to)), list.count);
  if (!listed) return 'broken';
  const files = new Map<string, { readonly bytes: Blob; readonly sum: number }>();
  let from = 0;
  for (const { name, nameBytes, size, sum, begins, plain } of listed) {
    if (!plain || begins !== from) return { foreign: listed.map((file) => file.name) };
    const content = from + localHeader.bytes + nameBytes;
    from = content + size + descriptor.bytes;
    if (files.has(name) || from > list.from) return 'broken';
    const to = content + size;
    // Cut out when it is asked for: of a file from a disk each cut is a question to the browser, and an archive has thousands.
    files.set(name, {
      sum,
      get bytes() {
        return zip.slice(content, to);
      }
    });
  }
  return from === list.from ? files : 'broken';
}

/** Where the list of a ZIP lies, and of how many files; undefined where its end does not say so. */
async function listIn(
  zip: Blob
): Promise<{ readonly from: number; readonly to: number; readonly count: number } | undefined> {
  const endFrom = zip.size - endRecord.bytes;
  if (endFrom < 0) return undefined;
  const end = await viewOf(zip.slice(endFrom));
  if (end.getUint32(0, true) !== endRecord.begins) return undefined;
  const [count, bytes] = [end.getUint16(10, true), end.getUint32(12, true)];
  let from = end.getUint32(16, true);
  let to = endFrom;
  if (from === long) {
    to = endFrom - longEndPlace.bytes - longEnd.bytes;
    if (to < 0) return undefined;
    const longer = await viewOf(zip.slice(to, endFrom));
    from = longFrom(longer, to) ?? -1;
  }
  return from >= 0 && from + bytes === to ? { from, to, count } : undefined;
}

/** Where the list of a ZIP64 begins whose long end lies here; undefined where it is none. */
function longFrom(longer: DataView<ArrayBuffer>, at: number): number | undefined {
  const isOne =
    longer.getUint32(0, true) === longEnd.begins &&
    longer.getUint32(longEnd.bytes, true) === longEndPlace.begins &&
    longer.getBigUint64(longEnd.bytes + 8, true) === BigInt(at);
  const from = longer.getBigUint64(48, true);
  return isOne && from < BigInt(at) ? Number(from) : undefined;
}

/** What the list of a ZIP says of a file. */
interface Listed {
  readonly name: string;
  readonly nameBytes: number;
  readonly size: number;
  readonly sum: number;
  readonly begins: number;
  /** A file stored as it is, and nothing more is said of it. */
  readonly plain: boolean;
}

/** Undefined where it is no list of so many files. */
function readList(list: DataView<ArrayBuffer>, count: number): readonly Listed[] | undefined {
  const listed: Listed[] = [];
  let at = 0;
  for (let left = count; left > 0; left--) {
    if (at + fileHeader.bytes > list.byteLength) return undefined;
    if (list.getUint32(at, true) !== fileHeader.begins) return undefined;
    const nameBytes = list.getUint16(at + 28, true);
    const [extra, comment] = [list.getUint16(at + 30, true), list.getUint16(at + 32, true)];
    const nameFrom = at + fileHeader.bytes;
    const next = nameFrom + nameBytes + extra + comment;
    if (next > list.byteLength) return undefined;
    const name = new TextDecoder().decode(new Uint8Array(list.buffer, nameFrom, nameBytes));
    const place = placeIn(list, at, nameFrom + nameBytes, extra);
    listed.push({
      name,
      nameBytes,
      size: list.getUint32(at + 24, true),
      sum: list.getUint32(at + 16, true),
      begins: place ?? -1,
      plain: place !== undefined && comment === 0 && isPlain(list, at)
    });
    at = next;
  }
  return at === list.byteLength ? listed : undefined;
}

/** Where a file begins; undefined where the list says more of it than that. */
function placeIn(
  list: DataView<ArrayBuffer>,
  header: number,
  from: number,
  extra: number
): number | undefined {
  const begins = list.getUint32(header + 42, true);
  if (extra === 0) return begins;
  const isLong =
    begins === long &&
    extra === fileHeader.longOffset &&
    list.getUint16(from, true) === 1 &&
    list.getUint16(from + 2, true) === 8;
  return isLong ? Number(list.getBigUint64(from + 4, true)) : undefined;
}

/** Neither enciphered nor compressed, and no link to another file. */
function isPlain(list: DataView<ArrayBuffer>, at: number): boolean {
  const enciphered = (list.getUint16(at + 8, true) & 1) !== 0;
  const asItIs = list.getUint16(at + 10, true) === 0;
  const type = (list.getUint32(at + 38, true) >>> 16) & 0o170000;
  const sameSize = list.getUint32(at + 20, true) === list.getUint32(at + 24, true);
  return !enciphered && asItIs && sameSize && (type === 0 || type === plainFile);
}

/** The name of its first file, also where the rest is missing; undefined where it is no ZIP. */
export async function firstName(zip: Blob): Promise<string | undefined> {
  if (zip.size < localHeader.bytes) return undefined;
  const header = await viewOf(zip.slice(0, localHeader.bytes));
  if (header.getUint32(0, true) !== localHeader.begins) return undefined;
  const name = zip.slice(localHeader.bytes, localHeader.bytes + header.getUint16(26, true));
  return new TextDecoder().decode(await name.arrayBuffer());
}

async function viewOf(blob: Blob): Promise<DataView<ArrayBuffer>> {
  return new DataView(await blob.arrayBuffer());
}

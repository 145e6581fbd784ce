/** Files in a ZIP, by name; their bytes stay where the ZIP is until they are read. */
export type Unzipped = ReadonlyMap<string, Blob>;

/**
 * Why a ZIP is not read. `broken`: it is none, or is not whole. Else another program has made it, compressed, enciphered or
 * laid out otherwise: these are the names in it.
 */
export type ZipProblem = 'broken' | { readonly foreign: readonly string[] };

/** Files in one ZIP, and bytes that its list has for each, at most. */
const most = { entries: 50_000, listed: 512 } as const;

// APPNOTE.TXT 6.3.10, 4.3.7, 4.3.9, 4.3.12, 4.3.16: lengths in bytes, and how they begin.
const localHeader = { bytes: 30, begins: 0x04034b50 } as const;
const descriptor = { bytes: 16 } as const;
const fileHeader = { bytes: 46, begins: 0x02014b50 } as const;
const endRecord = { bytes: 22, begins: 0x06054b50 } as const;

/**
 * The files of a ZIP as `writeZip` lays it out: one behind the other without a gap, each stored as it is. So no file is
 * larger than its bytes are, no two share any, and what is not listed is not there. Nothing but its list is read, and no
 * bytes are compared with anything: whoever uses a file has to.
 *
 * Fails only where the blob cannot be read.
 */
export async function readZip(zip: Blob): Promise<Unzipped | ZipProblem> {
  const listEnd = zip.size - endRecord.bytes;
  if (listEnd < 0) return 'broken';
  const end = await viewOf(zip.slice(listEnd));
  const count = end.getUint16(10, true);
  const listBytes = end.getUint32(12, true);
  const listFrom = end.getUint32(16, true);
  if (end.getUint32(0, true) !== endRecord.begins || listFrom + listBytes !== listEnd) return 'broken';
  if (count > most.entries || listBytes > count * most.listed) return 'broken';
  const listed = readList(await viewOf(zip.slice(listFrom, listEnd)), count);
  if (!listed) return 'broken';
  const files = new Map<string, Blob>();
  let from = 0;
  for (const { name, nameBytes, size, begins, plain } of listed) {
    if (!plain || begins !== from) return { foreign: listed.map((file) => file.name) };
    const content = from + localHeader.bytes + nameBytes;
    from = content + size + descriptor.bytes;
    if (files.has(name) || from > listFrom) return 'broken';
    files.set(name, zip.slice(content, content + size));
  }
  return from === listFrom ? files : 'broken';
}

/** What the list of a ZIP says of a file. */
interface Listed {
  readonly name: string;
  readonly nameBytes: number;
  readonly size: number;
  readonly begins: number;
  /** Stored as it is, and nothing more is said of it. */
  readonly plain: boolean;
}

/** Undefined where it is no list of so many files. */
function readList(list: DataView<ArrayBuffer>, count: number): readonly Listed[] | undefined {
  const listed: Listed[] = [];
  let at = 0;
  for (let left = count; left > 0; left--) {
    if (at + fileHeader.bytes > list.byteLength) return undefined;
    if (list.getUint32(at, true) !== fileHeader.begins) return undefined;
    const [flags, method] = [list.getUint16(at + 8, true), list.getUint16(at + 10, true)];
    const [packed, size] = [list.getUint32(at + 20, true), list.getUint32(at + 24, true)];
    const nameBytes = list.getUint16(at + 28, true);
    const more = list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
    const begins = list.getUint32(at + 42, true);
    const nameFrom = at + fileHeader.bytes;
    at = nameFrom + nameBytes + more;
    if (at > list.byteLength) return undefined;
    const name = new TextDecoder().decode(new Uint8Array(list.buffer, nameFrom, nameBytes));
    const enciphered = (flags & 1) !== 0;
    const plain = !enciphered && method === 0 && packed === size && more === 0;
    listed.push({ name, nameBytes, size, begins, plain });
  }
  return at === list.byteLength ? listed : undefined;
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

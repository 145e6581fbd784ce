import { sha256 } from '#lib/crypto/encoding.ts';
import { crc32 } from '#lib/media/crc32.ts';
import {
  archivedName,
  readTwinSpaceFile,
  twinSpaceCaps,
  type TwinSpaceFile,
  type TwinSpaceProblem
} from '#lib/protocol/archives.ts';
import { firstName, readZipWithSums, type UnzippedWithSums } from '#lib/zip/read-zip.ts';

/** FA1: an archive of a TwinSpace whose bytes stay in the file. */
export interface OpenArchive {
  /** Which archive it is: the SHA-256 of what it says of itself. */
  readonly identity: string;
  readonly said: TwinSpaceFile;
  readonly files: UnzippedWithSums;
}

/** FA2: why a file is none that can be read. */
export type ArchiveProblem =
  | TwinSpaceProblem
  /** Another program has packed it anew. */
  | 'archive-repacked'
  /** Pages or a portfolio to be read at home: nothing in it is for programs. */
  | 'archive-only-pages';

/** What the whole of an archive is said in. */
const describedIn = 'twinspace.json';
/** Bytes of a list of members: what a table that is read has at most, and more. */
const mostMembersBytes = 8 * 1024 * 1024;

/**
 * FA1, FA2: opens an archive as a relay has laid it out. Of the file only its list and what it says of itself are read.
 *
 * Fails only where the file cannot be read.
 */
export async function openArchive(file: Blob): Promise<OpenArchive | ArchiveProblem> {
  const first = await firstName(file);
  if (first === undefined) return 'not-an-archive';
  const files = await readZipWithSums(file);
  // Cut off somewhere: by its first name it may have been one.
  if (files === 'broken') return archivedName.test(first) ? 'archive-damaged' : 'not-an-archive';
  if ('foreign' in files)
    return files.foreign.some((name) => name.endsWith(describedIn)) ? 'archive-repacked' : 'not-an-archive';
  const names = [...files.keys()];
  if (!files.has(describedIn)) return names.includes('index.html') ? 'archive-only-pages' : 'not-an-archive';
  if (!names.every((name) => archivedName.test(name))) return 'archive-repacked';
  const text = await textIn(files, describedIn, twinSpaceCaps.text);
  if (text === undefined) return 'archive-damaged';
  const said = readTwinSpaceFile(text);
  return typeof said === 'string' ? said : { identity: await sha256(text), said, files };
}

/**
 * The bytes of a file of an archive, compared with the sum that its list has; undefined where there is none, where it is
 * larger than that, or where the bytes are others.
 *
 * @param most bytes
 */
export async function bytesIn(
  files: UnzippedWithSums,
  name: string,
  most: number
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const found = files.get(name);
  if (!found || found.bytes.size > most) return undefined;
  const bytes = new Uint8Array(await found.bytes.arrayBuffer());
  return crc32(bytes) === found.sum ? bytes : undefined;
}

/** TH8: the list of the members, as the bytes of a table; undefined where there is none that is whole. */
export function membersIn({ files }: OpenArchive): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return bytesIn(files, 'members.csv', mostMembersBytes);
}

async function textIn(files: UnzippedWithSums, name: string, most: number): Promise<string | undefined> {
  const bytes = await bytesIn(files, name, most);
  return bytes && new TextDecoder().decode(bytes);
}

import {
  backupCaps,
  backupEntry,
  readBackup as readText,
  type BackupContent,
  type BackupProblem
} from '#lib/protocol/backup.ts';
import { readStretchName, type StretchName } from '#lib/protocol/backup-volumes.ts';
import { fileId } from '#lib/store/media-files.ts';
import { firstName, readZip } from '#lib/zip/read-zip.ts';

/** BK4: bytes of a file of media, as a volume has them. */
export interface FoundStretch {
  readonly from: number;
  readonly bytes: Blob;
}

/** What one file of the browser holds. */
export interface OpenBackup {
  readonly content: BackupContent;
  /** By file of media; nothing of them has been read. */
  readonly stretches: ReadonlyMap<string, readonly FoundStretch[]>;
}

/** A copy, or why it is none that can be read. */
export type Opened = OpenBackup | BackupProblem | 'backup-repacked';

/**
 * BK2, BK5: opens a copy: a text, or a ZIP with that text and files of media. `backup-repacked`: another program has packed
 * it anew. Of what is none, no more is read than tells so.
 *
 * Fails only where the file cannot be read.
 */
export async function openBackup(file: Blob): Promise<Opened> {
  const first = await firstName(file);
  if (first === undefined) return opened(file, new Map());
  const entries = await readZip(file);
  if (entries === 'broken') return first === backupEntry ? 'damaged' : 'not-a-backup';
  if ('foreign' in entries)
    return entries.foreign.some((name) => name.endsWith(backupEntry)) ? 'backup-repacked' : 'not-a-backup';
  const text = entries.get(backupEntry);
  if (!text) return 'not-a-backup';
  const stretches = new Map<string, FoundStretch[]>();
  const foreign: string[] = [];
  for (const [name, bytes] of entries) {
    const named = readStretchName(name);
    if (named) put(stretches, named, bytes);
    else if (name !== backupEntry) foreign.push(name);
  }
  const answer = await opened(text, stretches);
  return foreign.length > 0 && typeof answer !== 'string' ? 'damaged' : answer;
}

async function opened(text: Blob, stretches: OpenBackup['stretches']): Promise<OpenBackup | BackupProblem> {
  if (text.size > backupCaps.text) return 'not-a-backup';
  const content = await readText(await text.text());
  return typeof content === 'string' ? content : { content, stretches };
}

function put(stretches: Map<string, FoundStretch[]>, { media, part, from }: StretchName, bytes: Blob): void {
  const id = fileId(media, part);
  const found = stretches.get(id) ?? [];
  found.push({ from, bytes });
  stretches.set(id, found);
}

/**
 * The bytes of a file of media from the stretches of all volumes at hand: none is missing between them, and there are so
 * many; undefined where it is not so.
 */
export function joined(stretches: readonly FoundStretch[], bytes: number): Blob | undefined {
  const parts: Blob[] = [];
  let at = 0;
  for (const stretch of stretches.toSorted((one, other) => one.from - other.from)) {
    if (stretch.from !== at || stretch.bytes.size === 0) continue;
    parts.push(stretch.bytes);
    at += stretch.bytes.size;
  }
  return at === bytes ? new Blob(parts) : undefined;
}

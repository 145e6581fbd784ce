import * as v from 'valibot';
import { sha256 } from '#lib/crypto/encoding.ts';
import { signedChangeSchema, type SignedChange } from './signed-change.ts';
import { calendarDate, deviceId } from './schemas.ts';

/** The version of the file that this code writes, and the newest that it reads. */
const backupVersion = 1;

/** Caps: UTF-16 units of a file, and changes in one. */
export const backupCaps = { text: 128 * 1024 * 1024, changes: 20_000 } as const;

/** The file as a whole; the content is a JSON text, over whose exact bytes the checksum is. */
const envelope = v.looseObject({ twinspace: v.literal('backup'), v: v.number() });
const fileSchema = v.strictObject({
  twinspace: v.literal('backup'),
  v: v.literal(backupVersion),
  checksum: v.string(),
  content: v.string()
});
const contentSchema = v.strictObject({
  /** The device that wrote it. */
  device: deviceId,
  made: calendarDate,
  changes: v.pipe(v.array(signedChangeSchema), v.maxLength(backupCaps.changes))
});
export type BackupContent = v.InferOutput<typeof contentSchema>;

/** Why a file is not read. */
export type BackupProblem = 'not-a-backup' | 'newer-version' | 'damaged';

/** BK1: signed changes as one file: whatever was not accepted yet, exactly as it was signed. */
export async function writeBackup(content: {
  readonly device: string;
  readonly made: string;
  readonly changes: readonly SignedChange[];
}): Promise<string> {
  const { device, made, changes } = content;
  const text = JSON.stringify({ device, made, changes });
  const checksum = await sha256(text);
  return JSON.stringify({ twinspace: 'backup', v: backupVersion, checksum, content: text });
}

/** BK2: what a backup file holds, or why it is not read. Nothing of a damaged one is. */
export async function readBackup(text: string): Promise<BackupContent | BackupProblem> {
  if (text.length > backupCaps.text) return 'not-a-backup';
  const json = parsed(text);
  const some = v.safeParse(envelope, json);
  if (!some.success) return 'not-a-backup';
  if (some.output.v > backupVersion) return 'newer-version';
  const file = v.safeParse(fileSchema, json);
  if (!file.success || (await sha256(file.output.content)) !== file.output.checksum) return 'damaged';
  const content = v.safeParse(contentSchema, parsed(file.output.content));
  return content.success ? content.output : 'damaged';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

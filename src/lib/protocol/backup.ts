import * as v from 'valibot';
import { sha256 } from '#lib/crypto/encoding.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { mediaKinds } from '#lib/domain/records.ts';
import { mediaParts } from './media.ts';
import { signedChangeSchema, type SignedChange } from './signed-change.ts';
import { calendarDate, deviceId, mediaId, spaceId } from './schemas.ts';

/** The versions of the file that this code reads; with which files of media came. */
const versions = [1, 2] as const;
const [plain, withFiles] = versions;

/** Caps: UTF-16 units of a file, changes in one, files of media in a copy, and volumes of one. */
export const backupCaps = { text: 128 * 1024 * 1024, changes: 20_000, files: 40_000, volumes: 999 } as const;

/** The text with the changes in a volume: its first file. */
export const backupEntry = 'twinspace-backup.json';

/** The file as a whole; the content is a JSON text, over whose exact bytes the checksum is. */
const envelope = v.looseObject({ twinspace: v.literal('backup'), v: v.number() });
const fileSchema = v.strictObject({
  twinspace: v.literal('backup'),
  v: v.picklist(versions),
  checksum: v.string(),
  content: v.string()
});

const plainSchema = v.strictObject({
  /** The device that wrote it. */
  device: deviceId,
  made: calendarDate,
  changes: v.pipe(v.array(signedChangeSchema), v.maxLength(backupCaps.changes))
});

const volumeNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(backupCaps.volumes));
const backedFile = v.strictObject({
  space: spaceId,
  media: mediaId,
  part: v.picklist(mediaParts),
  kind: v.picklist(mediaKinds),
  /** In which volumes its bytes lie. */
  in: v.pipe(v.array(volumeNumber), v.minLength(1), v.maxLength(backupCaps.volumes))
});
/** BK4: a file of media that goes with a copy. */
export type BackedFile = v.InferOutput<typeof backedFile>;

const filedSchema = v.strictObject({
  ...plainSchema.entries,
  volume: volumeNumber,
  volumes: volumeNumber,
  files: v.pipe(v.array(backedFile), v.maxLength(backupCaps.files))
});

/** What a copy holds. */
export interface BackupContent {
  readonly device: string;
  readonly made: CalendarDate;
  readonly changes: readonly SignedChange[];
  /** Which of how many files of the browser it is; the changes stand in each. */
  readonly volume: number;
  readonly volumes: number;
  /** Those of all volumes. */
  readonly files: readonly BackedFile[];
}

/** Why a file is not read. */
export type BackupProblem = 'not-a-backup' | 'newer-version' | 'damaged';

/**
 * BK1, BK4: signed changes as one text: whatever was not accepted yet, exactly as it was signed, and which files go with it.
 * Without files it is the text of the first version, which every app reads.
 */
export async function writeBackup(content: BackupContent): Promise<string> {
  const { device, made, changes, volume, volumes, files } = content;
  const filed = files.length > 0;
  const text = JSON.stringify(
    filed ? { device, made, changes, volume, volumes, files } : { device, made, changes }
  );
  const checksum = await sha256(text);
  return JSON.stringify({ twinspace: 'backup', v: filed ? withFiles : plain, checksum, content: text });
}

/** BK2: what a backup's text holds, or why it is not read. Nothing of a damaged one is. */
export async function readBackup(text: string): Promise<BackupContent | BackupProblem> {
  if (text.length > backupCaps.text) return 'not-a-backup';
  const json = parsed(text);
  const some = v.safeParse(envelope, json);
  if (!some.success) return 'not-a-backup';
  if (some.output.v > withFiles) return 'newer-version';
  const file = v.safeParse(fileSchema, json);
  if (!file.success || (await sha256(file.output.content)) !== file.output.checksum) return 'damaged';
  const inside = parsed(file.output.content);
  if (file.output.v === withFiles) {
    const filed = v.safeParse(filedSchema, inside);
    return filed.success ? filed.output : 'damaged';
  }
  const content = v.safeParse(plainSchema, inside);
  return content.success ? { ...content.output, volume: 1, volumes: 1, files: [] } : 'damaged';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

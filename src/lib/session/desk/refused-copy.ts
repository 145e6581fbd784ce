import type { Change, ChangeName } from '#lib/domain/change.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { announcementIn } from '#lib/protocol/announcement.ts';
import type { Database } from '#lib/store/database.ts';
import { fileId, wholeFile } from '#lib/store/media-files.ts';

/** What is kept of a refused change. */
interface Refused {
  readonly name: ChangeName;
  readonly subject: string;
  readonly spaceName: string;
  readonly on: CalendarDate;
  readonly refusal: Refusal;
  /** Of a command. */
  readonly args?: Change['args'];
  /** Of an edit. */
  readonly words?: string;
}

/**
 * TR3: what was refused, readable and complete, as a file to keep: words as words, a picture, film or sound as itself
 * while its bytes are on this device.
 */
export async function refusedCopy(db: Database, change: Refused): Promise<File> {
  const { name, subject, spaceName, on, refusal, args, words } = change;
  if (words !== undefined)
    return new File([words], `twinspace-${subject || 'change'}-${on}.txt`, { type: 'text/plain' });
  const said = name === 'page.edit' || !args ? undefined : announcementIn({ name }, args);
  const bytes = said && (await wholeFile(db, fileId(said.media, 'file')));
  if (said && bytes) return new File([bytes], `twinspace-media-${on}.${said.kind}`, { type: bytes.type });
  const text = JSON.stringify({ name, subject, space: spaceName, on, refusal, content: args }, null, 2);
  return new File([text], `twinspace-${name}-${on}.json`, { type: 'application/json' });
}

import * as v from 'valibot';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, MediaId, PageId } from '#lib/domain/ids.ts';
import type { MediaKind } from '#lib/domain/records.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** TH7: a whole TwinSpace that the relay has laid out, to be fetched under its id. */
export const archiveAnswer = v.object({
  archive: v.pipe(v.string(), v.uuid()),
  bytes: count,
  pages: count,
  media: count,
  /** Media that have not arrived, or only a small picture of them. */
  missing: count
});
export type ArchiveAnswer = v.InferOutput<typeof archiveAnswer>;

/** TH8: `twinspace.json`: what an archive says of itself to a program. Another form of it has another version. */
export interface TwinSpaceFile {
  readonly format: 'twinspace';
  readonly version: 1;
  readonly name: string;
  /** BCP 47 */
  readonly languages: readonly string[];
  readonly made: CalendarDate;
  /** In the order of the tree. */
  readonly pages: readonly {
    readonly page: PageId;
    readonly title: string;
    readonly parent?: PageId;
    readonly draft?: true;
    /** As it is read, and as a Yjs update of version 1: paths in the archive. */
    readonly html: string;
    readonly document: string;
  }[];
  readonly media: readonly {
    readonly media: MediaId;
    readonly owner: AccountId;
    readonly on: CalendarDate;
    readonly kind: MediaKind;
    readonly hash: string;
    readonly bytes: number;
    readonly width: number;
    readonly height: number;
    readonly seconds?: number;
    /** Absent: it is not in the archive. */
    readonly file?: string;
    readonly preview?: string;
  }[];
}

import type { AccountId, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { withoutMedia } from '#lib/published/without-media.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { MediaHere } from '../media/media-here.svelte.ts';
import type { PageRow } from '../pages/page-rows.ts';
import type { Pages } from '../pages/pages.svelte.ts';
import type { Bench } from '../work/bench.ts';
import { roleIn } from '../work/may.ts';

/** What pages and media are read with. */
export type Reading = Bench & { readonly pages: Pages; readonly media: MediaHere };

/** A page that somebody takes home, as it stands on this device. */
export interface TakenPage {
  readonly id: PageId;
  readonly title: string;
  /** 0: the page that was asked for, or one at the top. */
  readonly depth: number;
  readonly draft: boolean;
  /** Without what its reader may not see. */
  readonly parts: readonly Part[];
  /** TH3: not all of its text has come to this device. */
  readonly coming: boolean;
  /** The media in it, each once. */
  readonly media: readonly MediaId[];
}

/** TH3: what of media is on this device: the file itself, of a picture a small one, or nothing that could be taken. */
export type Standing = 'whole' | 'small' | 'missing';

export function standingOf(
  { media: here }: Pick<Reading, 'media'>,
  media: MediaId,
  isPicture: boolean
): Standing {
  const part = here.best(media);
  if (part === 'file') return 'whole';
  return part === 'preview' && isPicture ? 'small' : 'missing';
}

/** TH1: a page and those below it that this person may read, in the order of the tree. */
export async function pagesToTake(
  work: Reading,
  space: SpaceId,
  rows: readonly PageRow[],
  top: PageId
): Promise<readonly TakenPage[]> {
  const at = rows.findIndex(({ id }) => id === top);
  const first = rows[at];
  if (!first) return [];
  const end = rows.findIndex(({ depth }, index) => index > at && depth <= first.depth);
  const reader = { account: work.me.account, staff: isStaff(roleIn(work, space)) };
  const pages: TakenPage[] = [];
  for (const row of rows.slice(at, end === -1 ? rows.length : end)) {
    const parts = await work.pages.read(space, row.id);
    pages.push(takenPage(work, space, { ...row, depth: row.depth - first.depth }, parts, reader));
  }
  return pages;
}

/** Who will read what is taken. */
export interface Reader {
  readonly account: AccountId;
  readonly staff: boolean;
}

export function takenPage(
  work: Reading,
  space: SpaceId,
  { id, title, depth, draft }: PageRow,
  parts: readonly Part[],
  reader: Reader
): TakenPage {
  const shown = withoutMedia(parts, (media) => isSeenBy(work, space, media as MediaId, reader));
  const media = new Set(mediaOfParts(shown).map((one) => one.media as MediaId));
  return { id, title, depth, draft, parts: shown, coming: !work.pages.isHere(space, id), media: [...media] };
}

/** ML3, ML4: not what is in the trash; what waits for a yes only its owner and staff. */
function isSeenBy(work: Bench, space: SpaceId, id: MediaId, { account, staff }: Reader): boolean {
  const media = mediaIn(work.stateOf(space), id);
  return media !== undefined && !media.removed && (!media.waiting || staff || media.owner === account);
}

import type { CalendarDate } from '#lib/domain/dates.ts';
import type { FileHash, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { pageIn } from '#lib/domain/pages.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusals.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import { isForVisitors } from '#lib/domain/visits.ts';
import { readPublished } from '#lib/protocol/visits.ts';
import { contentOf, digestOf, type PageContent } from '#lib/published/content.ts';
import { lineDifference, type DifferentLine } from '#lib/published/line-difference.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { folded, pageWords } from '#lib/yjs/page-words.ts';
import { asked, done, failed, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { judge } from '../work/may.ts';
import { submitAll } from '../work/submit-all.ts';
import type { PageRow } from './page-rows.ts';
import type { Pages } from './pages.svelte.ts';

/** A page as visitors would see it, and what there is to be said before it is published. */
export interface Publishable {
  readonly id: PageId;
  readonly title: string;
  /** 0: the page that was asked for. */
  readonly depth: number;
  readonly content: PageContent;
  readonly digest: FileHash;
  /** Its text has not come to this device yet: nobody can look at it here. */
  readonly coming: boolean;
  /** PU1: why it cannot be published. */
  readonly no?: Refusal;
  /** Since when visitors see it as they do; absent: they do not. */
  readonly since?: CalendarDate;
  /** Visitors see something else than what stands in it now. */
  readonly changed: boolean;
  /** Pictures, films and sounds that visitors will not see: they wait for a yes, or were removed. */
  readonly hidden: number;
  /** Those of which nothing says what can be seen in them. */
  readonly wordless: number;
  /** Members who are named in it. */
  readonly names: readonly string[];
}

type Reading = Bench & { readonly pages: Pages };

/**
 * PU2: a page and those below it as they stand here, in the order of the tree, to be looked at before they are published.
 * What waits here is in it: it reaches the relay first.
 */
export async function publishables(
  work: Reading,
  space: SpaceId,
  rows: readonly PageRow[],
  top: PageId
): Promise<readonly Publishable[]> {
  const at = rows.findIndex(({ id }) => id === top);
  const first = rows[at];
  if (!first) return [];
  const end = rows.findIndex(({ depth }, index) => index > at && depth <= first.depth);
  const some: Publishable[] = [];
  for (const row of rows.slice(at, end === -1 ? rows.length : end))
    some.push(await publishable(work, space, row, first.depth));
  return some;
}

async function publishable(work: Reading, space: SpaceId, row: PageRow, above: number): Promise<Publishable> {
  const { id, depth } = row;
  const parts = await work.pages.read(space, id);
  const state = work.stateOf(space);
  const page = pageIn(state, id);
  const title = page?.title ?? row.title;
  const content = seenOf(state, title, parts);
  const digest = await digestOf(content);
  const may = judge(work, space, 'page.publish', { page: id, digest });
  const shown = mediaOfParts(content.parts);
  const since = page?.published?.on;
  return {
    id,
    title,
    depth: depth - above,
    content,
    digest,
    coming: !work.pages.isHere(space, id),
    ...(isRefusal(may) && { no: may }),
    ...(since && { since }),
    changed: page?.published !== undefined && page.published.digest !== digest,
    hidden: mediaOfParts(parts).length - shown.length,
    wordless: shown.filter(({ alt }) => alt === '').length,
    names: namesIn(state, `${title}\n${pageWords(content.parts)}`)
  };
}

/** PU1: whether visitors see something else of a published page than what stands in it now. */
export async function differsFromPublished(
  state: SpaceState,
  id: PageId,
  parts: readonly Part[]
): Promise<boolean> {
  const page = pageIn(state, id);
  if (!page?.published) return false;
  return (await digestOf(seenOf(state, page.title, parts))) !== page.published.digest;
}

/** What visitors would see of it. */
function seenOf(state: SpaceState, title: string, parts: readonly Part[]): PageContent {
  return contentOf(title, parts, (media) => isForVisitors(mediaIn(state, media as MediaId)));
}

/** Members of whom a name stands in the text: the one under which they are here, or their given name. */
function namesIn(state: SpaceState, text: string): readonly string[] {
  const words = ` ${wordsOf(text)} `;
  const stands = (name: string): boolean => name.length > 2 && words.includes(` ${wordsOf(name)} `);
  return [...state.members.members]
    .filter(([id, { display }]) => stands(display) || stands(state.staff.people.get(id)?.given ?? ''))
    .map(([, { display }]) => display)
    .filter((display) => display !== '');
}

/** Its words, small and without accents, a space between them. */
function wordsOf(text: string): string {
  return folded(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What of a page is different from what visitors see of it now, as the relay tells. */
export function differenceOf(
  { relay }: Pick<Bench['app'], 'relay'>,
  space: SpaceId,
  { id, title, content }: Publishable
): Promise<Result<readonly DifferentLine[]>> {
  return asked(async () => {
    const published = readPublished(await relay.get(`/api/spaces/${space}/pages/${id}/published`));
    if (!published) return failed('relay-failed');
    const before = pageWords(published.parts as readonly Part[]);
    return done(lineDifference(`${published.title}\n${before}`, `${title}\n${pageWords(content.parts)}`));
  });
}

/** PU1: visitors see these pages as they were looked at. */
export function publish(work: Bench, space: SpaceId, pages: readonly Publishable[]): Promise<Result<void>> {
  const wishes = pages.map(
    ({ id, digest }) => ({ name: 'page.publish', args: { page: id, digest } }) as const
  );
  return submitAll(work, space, wishes);
}

/** PU4: visitors see nothing of these pages any more. */
export function unpublish(work: Bench, space: SpaceId, pages: readonly PageId[]): Promise<Result<void>> {
  return submitAll(
    work,
    space,
    pages.map((page) => ({ name: 'page.unpublish', args: { page } }) as const)
  );
}

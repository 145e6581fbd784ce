import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, PageId } from '#lib/domain/ids.ts';
import { documentOfPage, pageIn } from '#lib/domain/pages.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { Page } from '#lib/domain/records.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { PageIn } from '#relay/storage/page-store.ts';
import type { Within } from '#relay/storage/storage.ts';
import type { Ahead } from '../truth/ahead.ts';
import type { PageText } from '../truth/page-text.ts';

/** PG10: for so many days, and so many of a page, all versions stay. */
export const versionDays = 365;
export const mostVersions = 200;

const zip = promisify(gzip);

/** PG10: keeps the page as it stands, before somebody writes in it for the first time on this day. */
export async function keepVersion(
  { pages }: Pick<Within, 'pages'>,
  at: PageIn,
  text: PageText,
  before: AccountId,
  on: CalendarDate
): Promise<void> {
  if (text.kept.get(before) === on) return;
  if (!(await pages.hasVersion(at, before, on)))
    await pages.keepVersion(at, before, on, await zip(text.whole()));
  text.kept.set(before, on);
}

/**
 * PA13: what these puts have forgotten is gone with them: versions, what was written as it was sent, what lost its place,
 * what was deleted since, as far as it still stands in the updates of the document, and who wrote in it before it was
 * read in, as far as that stands in those of the records (FA9).
 */
export async function forgetHistories(
  within: Pick<Within, 'pages' | 'documents'>,
  ahead: Ahead,
  puts: readonly SpacePut[],
  before: readonly SpaceState[]
): Promise<void> {
  for (const { space, page, from } of forgottenBy(puts, before)) {
    const text = await ahead.text(space, page, within);
    await within.pages.forgetHistory({ space, page });
    text.kept.clear();
    if (from) ahead.bare(space);
    if (text.isEmpty) continue;
    ahead.forgetFound(space, page);
    await within.documents.compact(space, documentOfPage(page), text.whole());
  }
}

function forgottenBy(
  puts: readonly SpacePut[],
  before: readonly SpaceState[]
): readonly (PageIn & Pick<Page, 'from'>)[] {
  return puts.flatMap(({ map, key, value, space }) => {
    if (map !== 'pages' || !value?.forgotten) return [];
    const page = key as PageId;
    const state = before.find(({ id }) => id === space);
    const known = state && pageIn(state, page);
    if (known?.forgotten?.change === value.forgotten.change) return [];
    return [{ space, page, ...(known?.from ? { from: known.from } : {}) }];
  });
}

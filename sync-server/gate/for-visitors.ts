import { mediaIn } from '#lib/domain/media.ts';
import type { MediaId, PageId, SpaceId, VisitId } from '#lib/domain/ids.ts';
import { pageIn } from '#lib/domain/pages.ts';
import { withPuts, type SpacePut } from '#lib/domain/puts.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import { isForVisitors } from '#lib/domain/visits.ts';
import { contentOf, digestOf } from '#lib/published/content.ts';
import type { PageIn } from '#relay/storage/page-store.ts';
import type { Within } from '#relay/storage/storage.ts';
import type { PublishedPage } from '#relay/storage/visit-store.ts';
import type { Ahead } from '../truth/ahead.ts';

/** What visitors are to see of a page; without `shows` nothing any more. */
export interface ForVisitors {
  readonly at: PageIn;
  readonly shows?: PublishedPage;
}

/**
 * PU1, PU2, PU4: what these puts come to for visitors, told by what they write and nothing else; or that a page which is
 * published with them says something else by now than what was looked at.
 *
 * @param state as it stood before
 */
export async function seenByVisitors(
  within: Pick<Within, 'pages' | 'documents' | 'visits'>,
  ahead: Ahead,
  puts: readonly SpacePut[],
  state: SpaceState
): Promise<readonly ForVisitors[] | Refusal> {
  // VS8: a link of another TwinSpace is not this one's, whoever knows its id.
  for (const { visit } of linksIn(puts))
    if ((await within.visits.spaceOf(visit)) !== undefined && !state.staff.visits.has(visit))
      return refuse('visit-exists');
  const here = puts.filter(({ space, map }) => space === state.id && map === 'pages');
  if (here.length === 0) return [];
  const after = withPuts(state, here);
  const seen: ForVisitors[] = [];
  for (const page of new Set(here.map(({ key }) => key as PageId))) {
    const at = { space: state.id, page };
    const [before, now] = [pageIn(state, page), pageIn(after, page)];
    if (before?.published && !now?.published) seen.push({ at });
    if (!now?.published || now.published.digest === before?.published?.digest) continue;
    const text = await ahead.text(state.id, page, within);
    const content = contentOf(now.title, text.parts(), (id) => isForVisitors(mediaIn(state, id as MediaId)));
    if ((await digestOf(content)) !== now.published.digest) return refuse('page-not-as-seen');
    const { title, parts } = content;
    seen.push({ at, shows: { on: now.published.on, title, parts: JSON.stringify(parts) } });
  }
  return seen;
}

/** Writes that, and to which TwinSpace links lead that came with it. */
export async function keepForVisitors(
  { visits }: Pick<Within, 'visits'>,
  seen: readonly ForVisitors[],
  puts: readonly SpacePut[]
): Promise<void> {
  for (const { at, shows } of seen) await (shows ? visits.publish(at, shows) : visits.unpublish(at));
  for (const link of linksIn(puts)) await visits.link(link.visit, link.space);
}

function linksIn(puts: readonly SpacePut[]): readonly { readonly visit: VisitId; readonly space: SpaceId }[] {
  return puts.flatMap(({ map, key, value, space }) =>
    map === 'visits' && value ? [{ visit: key as VisitId, space }] : []
  );
}

import type { PageRow } from '#lib/session/pages/page-rows.ts';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import type { Work } from '#lib/session/work.svelte.ts';
import type { PageEntry } from '#lib/ui/pages/page-entry.ts';
import { paths } from '#lib/ui/paths.ts';

/** The pages of a TwinSpace as their list shows them now. */
export function entriesOf(work: Work, space: SpaceView): readonly PageEntry[] {
  return space.pages.seen.rows.map((row) => entryOf(work, space, row));
}

function entryOf(work: Work, { id: space }: SpaceView, row: PageRow): PageEntry {
  const { id, title, depth, draft, frozen, home, published, handedIn, mayWrite, waits } = row;
  return {
    id,
    title,
    depth,
    href: paths.page(space, id),
    state: draft ? 'draft' : 'shown',
    frozen,
    home,
    ...(published !== undefined && { published }),
    ...(handedIn && { handedIn }),
    canWrite: mayWrite === true,
    here: work.pages.isHere(space, id) ? 'here' : 'coming',
    waits
  };
}

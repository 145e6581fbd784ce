import type { CalendarDate } from '#lib/domain/dates.ts';
import { clockDay } from '#lib/store/device.ts';
import type { PageRow } from '#lib/session/pages/space-pages.ts';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import type { Work } from '#lib/session/work.svelte.ts';
import type { PageEntry } from '#lib/ui/pages/page-entry.ts';
import type { Until } from '#lib/ui/pages/permit.ts';
import { paths } from '#lib/ui/paths.ts';

/** The pages of a TwinSpace as their list shows them to whoever is signed in. */
export function entriesOf(work: Work, space: SpaceView): readonly PageEntry[] {
  return space.pages.rows.map((row) => entryOf(work, space, row));
}

function entryOf(work: Work, { id: space }: SpaceView, row: PageRow): PageEntry {
  const { id, title, depth, draft, frozen, home, mayWrite, waits } = row;
  return {
    id,
    title,
    depth,
    href: paths.page(space, id),
    state: draft ? 'draft' : 'shown',
    frozen,
    home,
    canWrite: mayWrite === true,
    here: work.pages.isHere(space, id) ? 'here' : 'coming',
    waits
  };
}

/** Minutes of a lesson where none is open on this device. */
const lesson = 60;

/** The moment at which a permission ends, in milliseconds since 1970; undefined: when it is taken back. */
export function momentOf(until: Until, openUntil: number | undefined): number | undefined {
  if (until === 'withdrawn') return undefined;
  if (until === 'lesson') return openUntil ?? Date.now() + lesson * 60_000;
  return endOf(until);
}

/** The same as it is read: what ends before its day does ends with a lesson. */
export function untilOf(moment: number | undefined): Until {
  if (moment === undefined) return 'withdrawn';
  const day = clockDay(() => new Date(moment));
  return moment === endOf(day) ? day : 'lesson';
}

function endOf(day: CalendarDate): number {
  return new Date(`${day}T23:59:59.999`).getTime();
}

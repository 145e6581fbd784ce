import type { PageId } from '#lib/domain/ids.ts';
import type { PageEntry, PagePlace } from '#lib/ui/pages/page-entry.ts';

/** Where over a page of the list something is held. */
export type OverPage = 'before' | 'inside' | 'after';

/** Where a page stands now; undefined where it is not in the list. */
export function placeOf(entries: readonly PageEntry[], page: PageId): PagePlace | undefined {
  const at = entries.findIndex(({ id }) => id === page);
  const entry = entries[at];
  if (!entry) return undefined;
  return place(parentOf(entries, at), entries[behind(entries, at)], entry.depth);
}

/**
 * Where a page would come to stand; undefined where it cannot or already does: on itself, under itself.
 *
 * @param unfolded those whose pages under them are in sight
 */
export function dropPlace(
  entries: readonly PageEntry[],
  unfolded: ReadonlySet<PageId>,
  page: PageId,
  over: PageId,
  where: OverPage
): PagePlace | undefined {
  const from = entries.findIndex(({ id }) => id === page);
  const at = entries.findIndex(({ id }) => id === over);
  const target = entries[at];
  if (from < 0 || !target || (at >= from && at < behind(entries, from))) return undefined;
  const first = entries[at + 1];
  const opens = first !== undefined && first.depth > target.depth && unfolded.has(over);
  const to =
    where === 'inside'
      ? { parent: over }
      : where === 'before'
        ? place(parentOf(entries, at), target, target.depth)
        : opens
          ? place(over, first, first.depth)
          : place(parentOf(entries, at), entries[behind(entries, at)], target.depth);
  // What stands right before where it stands already is itself.
  const before = to.before === page ? placeOf(entries, page)?.before : to.before;
  const found = {
    ...(to.parent !== undefined && { parent: to.parent }),
    ...(before !== undefined && { before })
  };
  const now = placeOf(entries, page);
  return found.parent === now?.parent && found.before === now?.before ? undefined : found;
}

/** The first one that is no longer under this one. */
function behind(entries: readonly PageEntry[], at: number): number {
  const depth = entries[at]?.depth ?? 0;
  const next = entries.findIndex((entry, index) => index > at && entry.depth <= depth);
  return next < 0 ? entries.length : next;
}

function parentOf(entries: readonly PageEntry[], at: number): PageId | undefined {
  const depth = entries[at]?.depth ?? 0;
  return entries.slice(0, at).findLast((entry) => entry.depth < depth)?.id;
}

/** @param next whatever follows in the list: it stands beside only where it is as deep */
function place(parent: PageId | undefined, next: PageEntry | undefined, depth: number): PagePlace {
  return {
    ...(parent !== undefined && { parent }),
    ...(next?.depth === depth && { before: next.id })
  };
}

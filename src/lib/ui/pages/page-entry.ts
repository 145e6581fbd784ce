import type { PageId } from '#lib/domain/ids.ts';

/** A page as the list shows it. They come in the order of the tree: each right before those under it. */
export interface PageEntry {
  readonly id: PageId;
  readonly title: string;
  /** 0 at the top. */
  readonly depth: number;
  readonly href: string;
  readonly state: 'draft' | 'shown';
  readonly frozen: boolean;
  /** The one on which everybody begins. */
  readonly home: boolean;
  /** Since when visitors see it: `YYYY-MM-DD`; absent: they do not. */
  readonly published?: string;
  /** Since when, and by whom, it is handed in; `YYYY-MM-DD`. */
  readonly handedIn?: { readonly by: string; readonly on: string };
  /** Whether whoever looks may write in it. */
  readonly canWrite: boolean;
  /** Whether its text is on this device yet. */
  readonly here: 'here' | 'coming';
  /** How many edits of it wait on this device to be sent. */
  readonly waits: number;
}

/** A page with those under it. */
export interface PageBranch {
  readonly entry: PageEntry;
  readonly below: readonly PageBranch[];
}

/** The tree of a list with depths. What stands deeper than under the one before it stands under that one. */
export function branches(entries: readonly PageEntry[]): readonly PageBranch[] {
  const top: PageBranch[] = [];
  const open: { readonly depth: number; readonly below: PageBranch[] }[] = [{ depth: -1, below: top }];
  for (const entry of entries) {
    while ((open.at(-1)?.depth ?? -1) >= entry.depth && open.length > 1) open.pop();
    const below: PageBranch[] = [];
    open.at(-1)?.below.push({ entry, below });
    open.push({ depth: entry.depth, below });
  }
  return top;
}

/** The pages above this one, the nearest last. */
export function pagesAbove(entries: readonly PageEntry[], id: PageId): readonly PageEntry[] {
  const at = entries.findIndex((entry) => entry.id === id);
  const above: PageEntry[] = [];
  let depth = entries[at]?.depth ?? 0;
  for (const entry of entries.slice(0, Math.max(at, 0)).toReversed()) {
    if (entry.depth >= depth) continue;
    above.unshift(entry);
    depth = entry.depth;
  }
  return above;
}

/** A place in the tree: under which page, at the top without one; before which of those there, last without one. */
export interface PagePlace {
  readonly parent?: PageId;
  readonly before?: PageId;
}

/** Where a page can go: among those beside it, one up or down; under another page, or to the top; to any place. */
export type PageMove =
  | { readonly to: 'up' | 'down' }
  /** Without a page: at the top. */
  | { readonly to: 'inside'; readonly page?: PageId }
  | { readonly to: 'place'; readonly place: PagePlace };

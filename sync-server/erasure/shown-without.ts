import { titlesWithout, type Gone } from '#lib/domain/erasing.ts';
import type { FileHash } from '#lib/domain/ids.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import { digestOf } from '#lib/published/content.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { RetitledPage } from '#relay/storage/storage.ts';
import type { VisitStore } from '#relay/storage/visit-store.ts';

/** A page that visitors see under another title from now on, and the hash of what they see. */
export interface NewlyShown extends RetitledPage {
  readonly digest: FileHash;
}

/** ON8: what visitors see under a title that tells the name of somebody who is gone, under what is left of it. */
export async function shownWithout(
  visits: Pick<VisitStore, 'titles' | 'published'>,
  state: SpaceState,
  gone: Gone
): Promise<readonly NewlyShown[]> {
  const { id: space } = state;
  const left: NewlyShown[] = [];
  for (const [page, title] of titlesWithout(state, gone, await visits.titles(space))) {
    const published = await visits.published({ space, page });
    if (!published) continue;
    const parts = JSON.parse(published.parts) as readonly Part[];
    left.push({ space, page, title, digest: await digestOf({ title, parts }) });
  }
  return left;
}

import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import type { KeptPage } from '#lib/store/device-files.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';

/** MT6: the media of the pages that this device keeps whole, as far as their texts are here. */
export async function keptMedia(
  pages: readonly KeptPage[],
  read: (space: SpaceId, page: PageId) => Promise<readonly Part[]>
): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const { space, page } of pages)
    for (const { media } of mediaOfParts(await read(space, page))) kept.add(media);
  return kept;
}

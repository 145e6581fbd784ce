import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import { lookUp } from '#lib/session/device/look-up.ts';
import type { UsedMedia } from '#lib/session/media/space-media.svelte.ts';
import type { Work } from '#lib/session/work.svelte.ts';
import type { MediaEntry } from '#lib/ui/media/media-entry.ts';
import { paths } from '#lib/ui/paths.ts';
import { refusalWords } from '#lib/ui/refusal-words.ts';

/** In which pages the media of a TwinSpace stand: `current` is undefined until their texts have been read. */
export class UsedIn {
  current = $state.raw<ReadonlyMap<string, readonly UsedMedia[]>>();

  /** Begun where a component begins; lives as long as it. */
  constructor(work: Work, space: () => SpaceView | undefined) {
    $effect(() => {
      const here = space();
      if (!here) return undefined;
      const pages = here.pages.own.rows.map(({ id }) => id);
      // Again with whatever of their texts arrives.
      for (const id of pages) work.pages.heldTo(here.id, id);
      return lookUp(here.media.usedIn(pages), (found) => (this.current = found));
    });
  }
}

/** The media of a TwinSpace as their list shows them now. */
export function mediaEntries(
  { id, media, pages }: SpaceView,
  used: UsedIn['current']
): readonly MediaEntry[] {
  const titles = new Map(pages.own.rows.map((row) => [row.id, row.title]));
  return media.rows.map(({ mayDelete, ...row }) => {
    const uses = used?.get(row.id) ?? [];
    return {
      ...row,
      alt: uses.find(({ alt }) => alt !== '')?.alt ?? '',
      reason: mayDelete === true ? undefined : refusalWords(mayDelete),
      pages:
        used &&
        [...new Set(uses.map(({ page }) => page))].map((page) => ({
          title: titles.get(page) ?? '',
          href: paths.page(id, page)
        }))
    };
  });
}

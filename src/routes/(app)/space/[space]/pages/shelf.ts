import { starterLanguages, starterParts, startersIn } from '#lib/session/pages/starters.ts';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import type { Work } from '#lib/session/work.svelte.ts';
import type { PatternShelf } from '#lib/ui/pages/pattern.ts';
import { entriesOf } from './entries.ts';

/** ON3, ON4: with what a page of this TwinSpace can begin. */
export function shelfOf(work: Work, space: SpaceView): PatternShelf {
  return {
    languages: starterLanguages(space.settings.current.languages),
    starters: async (language) =>
      Object.entries(await startersIn(language)).map(([id, starter]) => {
        const { title, what } = starter;
        return { id, title, what, parts: starterParts(starter) };
      }),
    pages: entriesOf(work, space),
    read: (page) => work.pages.read(space.id, page)
  };
}

import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import type { Work } from '#lib/session/work.svelte.ts';
import type { Pattern } from '#lib/ui/pages/pattern.ts';

/** ON4: a page as it reads now, to be copied; undefined where its text is not on this device yet. */
export async function patternOf(
  work: Work,
  space: SpaceId,
  { id, title }: { readonly id: PageId; readonly title: string }
): Promise<Pattern | undefined> {
  if (!work.pages.isHere(space, id)) return undefined;
  return { title, parts: await work.pages.read(space, id) };
}

import type { PageEntry } from '#lib/ui/pages/page-entry.ts';

/** What is said of a page beside its title. */
export type PageSign = 'draft' | 'shown' | 'frozen' | 'home' | 'published' | 'handed' | 'coming' | 'waits';

/** The signs of a page in a list, where what most pages are goes without saying. */
export function signsOf({
  state,
  frozen,
  home,
  published,
  handedIn,
  here,
  waits
}: PageEntry): readonly PageSign[] {
  const signs: PageSign[] = [];
  if (home) signs.push('home');
  if (state === 'draft') signs.push('draft');
  if (published !== undefined) signs.push('published');
  if (handedIn) signs.push('handed');
  if (frozen) signs.push('frozen');
  if (here === 'coming') signs.push('coming');
  if (waits > 0) signs.push('waits');
  return signs;
}

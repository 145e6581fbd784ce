import { namesIn } from '#lib/domain/called-apart.ts';
import { authorsOf, type Authors } from '#lib/domain/page-origin.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { isDisplay } from '#lib/domain/names.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { PageText } from '#relay/truth/page-text.ts';

/**
 * FA9: who wrote what stands in a page, by name, whoever wrote most first; erased accounts are nobody. Of a page that was
 * read in those who wrote it before come first, and whoever read it in has not written it.
 */
export function authorsIn(state: SpaceState, page: PageId, text: Pick<PageText, 'writtenBy'>): Authors {
  const { from, owner } = pageIn(state, page) ?? {};
  const names = namesIn(state);
  const here = [...text.writtenBy()]
    .filter(([account]) => !from || account !== owner)
    .sort(([, one], [, other]) => other - one)
    .map(([account]) => {
      const name = names.get(account) ?? '';
      return isDisplay(name) ? name : (state.members.members.get(account)?.display ?? '');
    })
    .filter((name) => name !== '');
  return authorsOf([...(from?.by ?? []), ...here], from?.more);
}

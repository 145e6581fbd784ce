import { aboutWhat } from './about.ts';
import type { Change } from './change.ts';
import { pageIn } from './pages.ts';
import type { SpaceState } from './state.ts';
import { textIn } from './texts.ts';

/** How the group or page is called that a change is about: as it stands here, else as the change calls it. */
export function calledIn(state: SpaceState, change: Pick<Change, 'name' | 'args'>): string | undefined {
  const about = aboutWhat(change);
  switch (about?.is) {
    case 'group':
      return state.members.groups.get(about.id)?.name ?? textIn(change, 'called');
    case 'page':
      return pageIn(state, about.id)?.title ?? textIn(change, 'called');
    default:
      return undefined;
  }
}

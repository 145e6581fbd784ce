import { onMount, tick } from 'svelte';
import { page } from './state.svelte.ts';

/** In Kit's place: going from screen to screen, inside the test's own page. */
interface Leaving {
  readonly to: { readonly url: URL };
  readonly willUnload: boolean;
  readonly cancel: () => void;
}
type Watcher = (leaving: Leaving) => void;

const before = new Set<Watcher>();
const after = new Set<Watcher>();

export async function goto(
  where: string | URL,
  { state = {} }: { readonly state?: App.PageState; readonly replaceState?: boolean } = {}
): Promise<void> {
  // Never in the middle of drawing.
  await tick();
  let stays = false;
  const leaving = {
    to: { url: new URL(where, page.url) },
    willUnload: false,
    cancel: () => void (stays = true)
  };
  for (const watcher of before) watcher(leaving);
  if (stays) return;
  page.state = state;
  page.url = leaving.to.url;
  for (const watcher of after) watcher(leaving);
}

export function replaceState(where: string | URL, state: App.PageState): void {
  page.url = new URL(where, page.url);
  page.state = state;
}

export function beforeNavigate(watcher: Watcher): void {
  listed(before, watcher);
}

/** Told at once where one is already. */
export function afterNavigate(watcher: Watcher): void {
  listed(after, watcher);
  onMount(() => watcher({ to: { url: page.url }, willUnload: false, cancel: () => undefined }));
}

function listed(list: Set<Watcher>, watcher: Watcher): void {
  onMount(() => {
    list.add(watcher);
    return () => list.delete(watcher);
  });
}

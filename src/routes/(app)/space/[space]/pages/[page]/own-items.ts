import { goto } from '$app/navigation';
import Backpack from '@lucide/svelte/icons/backpack';
import Download from '@lucide/svelte/icons/download';
import Eye from '@lucide/svelte/icons/eye';
import History from '@lucide/svelte/icons/history';
import Printer from '@lucide/svelte/icons/printer';
import type { PageId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import type { Work } from '#lib/session/work.svelte.ts';
import type { Announcements } from '#lib/ui/announcements.svelte.ts';
import type { MenuItem } from '#lib/ui/Menu.svelte';
import { paths } from '#lib/ui/paths.ts';

/** What the menu of a page that is open has beside what every list of pages has. */
export function ownItems(
  page: PageId,
  { work, space, said, seeAs }: { work: Work; space: SpaceView; said: Announcements; seeAs: () => void }
): readonly MenuItem[] {
  const group = m.pages_group_take();
  const printed = { label: m.pages_print(), icon: Printer, group, onselect: () => print() };
  // PV9: seen as a pupil nothing is done here.
  if (space.pages.pupil !== undefined) return [printed];
  const home = {
    label: m.home_open(),
    icon: Backpack,
    group,
    onselect: () => void goto(paths.takeHome(space.id, page))
  };
  const keeps = work.media.keepsPage(page);
  const kept = {
    label: keeps ? m.files_release_page() : m.files_keep_page(),
    icon: Download,
    group,
    onselect: () => void keep(!keeps)
  };
  // What a tablet of many hands keeps is no child's to choose.
  if (!isStaff(space.role)) return work.app.classroom ? [home, printed] : [home, printed, kept];
  const history = {
    label: m.pages_history(),
    icon: History,
    group: m.pages_group_page(),
    onselect: () => void goto(paths.pageHistory(space.id, page))
  };
  const seen = { label: m.pages_see_as(), icon: Eye, group: m.pages_group_who(), onselect: seeAs };
  return [home, printed, kept, history, seen];

  /** MT6: with all its pictures, films and sounds. */
  async function keep(yes: boolean): Promise<void> {
    await work.media.keepPage({ space: space.id, page }, yes);
    if (yes) said.changed({ now: m.files_page_kept_said(), later: m.files_page_kept_later() });
    else said.say(m.files_page_released_said());
  }
}

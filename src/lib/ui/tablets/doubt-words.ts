import { m } from '#lib/paraglide/messages.js';
import { formatDate } from '#lib/ui/formats.ts';
import type { Doubt, Lying, Said } from '#lib/ui/tablets/tablet.ts';

/** What is the matter with a tablet, and what to do about it. */
export function doubtWords(doubt: Doubt): string {
  switch (doubt.is) {
    case 'not-asked':
      return m.board_not_asked();
    case 'no-network':
      return m.board_no_network();
    case 'silent':
      return m.board_silent();
    case 'not-seen':
      return m.board_not_seen({ date: formatDate(doubt.since) });
    case 'waiting':
      return m.board_waiting({ count: doubt.count });
    case 'files':
      return m.board_files({ count: doubt.count });
    case 'drafts':
      return m.board_drafts({ count: doubt.count });
    case 'refused':
      return m.board_refused({ count: doubt.count });
    default:
      return doubt satisfies never;
  }
}

/** What lies on a tablet, in one line: as it is, or as it was when it was last in contact. */
export function saidWords({ on, lies }: Said): string {
  const what = lies.map(lyingWords).join(' · ');
  if (on === undefined) return what === '' ? m.tablet_nothing_waits() : what;
  const date = formatDate(on);
  return what === '' ? m.tablet_nothing_then({ date }) : m.tablet_waits_then({ date, what });
}

function lyingWords({ is, count }: Lying): string {
  switch (is) {
    case 'waiting':
      return m.tablet_waits({ count });
    case 'files':
      return m.tablet_files({ count });
    case 'drafts':
      return m.tablet_drafts({ count });
    case 'refused':
      return m.send_refused({ count });
    default:
      return is satisfies never;
  }
}

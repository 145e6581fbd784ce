import type { Locale } from '#lib/paraglide/runtime.js';
import { visit_all_pages } from '#lib/paraglide/messages/visit_all_pages.js';
import { visit_aloud } from '#lib/paraglide/messages/visit_aloud.js';
import { visit_aloud_stop } from '#lib/paraglide/messages/visit_aloud_stop.js';
import { visit_away_text } from '#lib/paraglide/messages/visit_away_text.js';
import { visit_away_title } from '#lib/paraglide/messages/visit_away_title.js';
import { visit_busy_text } from '#lib/paraglide/messages/visit_busy_text.js';
import { visit_busy_title } from '#lib/paraglide/messages/visit_busy_title.js';
import { visit_code } from '#lib/paraglide/messages/visit_code.js';
import { visit_done } from '#lib/paraglide/messages/visit_done.js';
import { visit_door_text } from '#lib/paraglide/messages/visit_door_text.js';
import { visit_door_title } from '#lib/paraglide/messages/visit_door_title.js';
import { visit_empty } from '#lib/paraglide/messages/visit_empty.js';
import { visit_expired_title } from '#lib/paraglide/messages/visit_expired_title.js';
import { visit_films_keep } from '#lib/paraglide/messages/visit_films_keep.js';
import { visit_foot } from '#lib/paraglide/messages/visit_foot.js';
import { visit_gone } from '#lib/paraglide/messages/visit_gone.js';
import { visit_kept } from '#lib/paraglide/messages/visit_kept.js';
import { visit_missing_text } from '#lib/paraglide/messages/visit_missing_text.js';
import { visit_missing_title } from '#lib/paraglide/messages/visit_missing_title.js';
import { visit_new_tab } from '#lib/paraglide/messages/visit_new_tab.js';
import { visit_next } from '#lib/paraglide/messages/visit_next.js';
import { visit_on } from '#lib/paraglide/messages/visit_on.js';
import { visit_open } from '#lib/paraglide/messages/visit_open.js';
import { visit_other_link } from '#lib/paraglide/messages/visit_other_link.js';
import { visit_previous } from '#lib/paraglide/messages/visit_previous.js';
import { visit_revoked_title } from '#lib/paraglide/messages/visit_revoked_title.js';
import { visit_skip } from '#lib/paraglide/messages/visit_skip.js';
import { visit_table } from '#lib/paraglide/messages/visit_table.js';
import { visit_to_do } from '#lib/paraglide/messages/visit_to_do.js';
import { visit_unknown_title } from '#lib/paraglide/messages/visit_unknown_title.js';
import { dayIn, localeOf, wordsIn } from '#lib/published/words-in.ts';

const plain = {
  allPages: visit_all_pages,
  aloud: visit_aloud,
  aloudStop: visit_aloud_stop,
  awayText: visit_away_text,
  awayTitle: visit_away_title,
  busyText: visit_busy_text,
  busyTitle: visit_busy_title,
  code: visit_code,
  done: visit_done,
  doorText: visit_door_text,
  doorTitle: visit_door_title,
  empty: visit_empty,
  expiredTitle: visit_expired_title,
  filmsKeep: visit_films_keep,
  foot: visit_foot,
  gone: visit_gone,
  kept: visit_kept,
  missingText: visit_missing_text,
  missingTitle: visit_missing_title,
  newTab: visit_new_tab,
  next: visit_next,
  open: visit_open,
  otherLink: visit_other_link,
  previous: visit_previous,
  revokedTitle: visit_revoked_title,
  skip: visit_skip,
  table: visit_table,
  toDo: visit_to_do,
  unknownTitle: visit_unknown_title
};

/** What visitors are told, in one language. */
export type VisitWords = Readonly<Record<keyof typeof plain, string>> & {
  readonly lang: Locale;
  /** Since when a page is shown as it is. */
  readonly since: (day: string) => string;
};

/**
 * The words of a visit in the language that the browser wants most of those that there are; else in that of the TwinSpace.
 *
 * @param accepted the Accept-Language header (RFC 9110, 12.5.4)
 * @param space the languages of the TwinSpace (BCP 47), the first one first
 */
export function wordsFor(accepted: string | undefined, space: readonly string[]): VisitWords {
  const lang = localeOf([...wanted(accepted), ...space]);
  const known = made.get(lang);
  if (known) return known;
  const words = wordsOf(lang);
  made.set(lang, words);
  return words;
}

/** By language, made once: how a day is written takes longer to look up than a page to send. */
const made = new Map<Locale, VisitWords>();

function wordsOf(lang: Locale): VisitWords {
  const inWords = dayIn(lang);
  return {
    ...wordsIn(plain, lang),
    lang,
    since: (date) => visit_on({ day: inWords(date) }, { locale: lang })
  };
}

function wanted(accepted = ''): readonly string[] {
  return accepted
    .slice(0, 400)
    .split(',')
    .map((part, at) => {
      const [tag = '', ...more] = part.trim().split(';');
      const q = more
        .map((one) => /^\s*q=([01](?:\.\d{0,3})?)$/.exec(one)?.[1])
        .find((one) => one !== undefined);
      return { tag, q: q === undefined ? 1 : Number(q), at };
    })
    .filter(({ q }) => q > 0)
    .sort((one, other) => other.q - one.q || one.at - other.at)
    .map(({ tag }) => tag);
}

import type { Locale } from '#lib/paraglide/runtime.js';
import { home_coming_in } from '#lib/paraglide/messages/home_coming_in.js';
import { home_coming_note } from '#lib/paraglide/messages/home_coming_note.js';
import { home_draft } from '#lib/paraglide/messages/home_draft.js';
import { home_draft_note } from '#lib/paraglide/messages/home_draft_note.js';
import { home_empty } from '#lib/paraglide/messages/home_empty.js';
import { home_foot } from '#lib/paraglide/messages/home_foot.js';
import { home_gallery } from '#lib/paraglide/messages/home_gallery.js';
import { home_made } from '#lib/paraglide/messages/home_made.js';
import { home_media_gone } from '#lib/paraglide/messages/home_media_gone.js';
import { home_missing_in } from '#lib/paraglide/messages/home_missing_in.js';
import { home_missing_note } from '#lib/paraglide/messages/home_missing_note.js';
import { home_not_there } from '#lib/paraglide/messages/home_not_there.js';
import { home_own_mark } from '#lib/paraglide/messages/home_own_mark.js';
import { visit_all_pages } from '#lib/paraglide/messages/visit_all_pages.js';
import { visit_done } from '#lib/paraglide/messages/visit_done.js';
import { visit_new_tab } from '#lib/paraglide/messages/visit_new_tab.js';
import { visit_next } from '#lib/paraglide/messages/visit_next.js';
import { visit_previous } from '#lib/paraglide/messages/visit_previous.js';
import { visit_skip } from '#lib/paraglide/messages/visit_skip.js';
import { visit_table } from '#lib/paraglide/messages/visit_table.js';
import { visit_to_do } from '#lib/paraglide/messages/visit_to_do.js';
import { dayIn, localeOf, wordsIn } from './words-in.ts';

const plain = {
  allPages: visit_all_pages,
  comingNote: home_coming_note,
  done: visit_done,
  draft: home_draft,
  draftNote: home_draft_note,
  empty: home_empty,
  foot: home_foot,
  gallery: home_gallery,
  gone: home_media_gone,
  newTab: visit_new_tab,
  next: visit_next,
  notThere: home_not_there,
  previous: visit_previous,
  skip: visit_skip,
  table: visit_table,
  toDo: visit_to_do
};

/** What an archive says of itself, in one language. */
export type ArchiveWords = Readonly<Record<keyof typeof plain, string>> & {
  readonly lang: Locale;
  readonly made: (day: string) => string;
  readonly ownMark: (name: string) => string;
  readonly comingIn: (title: string) => string;
  readonly missingIn: (title: string, count: number) => string;
  readonly missingNote: (count: number) => string;
};

/** @param wanted BCP 47; where there is no such language, the first one */
export function archiveWords(wanted: string): ArchiveWords {
  const lang = localeOf([wanted]);
  const options = { locale: lang };
  const inWords = dayIn(lang);
  return {
    ...wordsIn(plain, lang),
    lang,
    made: (date) => home_made({ day: inWords(date) }, options),
    ownMark: (name) => home_own_mark({ name }, options),
    comingIn: (title) => home_coming_in({ title }, options),
    missingIn: (title, count) => home_missing_in({ title, count }, options),
    missingNote: (count) => home_missing_note({ count }, options)
  };
}

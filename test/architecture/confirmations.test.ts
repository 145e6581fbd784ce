import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, sources, type Source } from '../support/sources.ts';

/** Said with or without a network: what is so on this device alone, or why something was not done. */
const here = [
  'account_code_first',
  'backup_saved_said',
  'class_row_dropped',
  'device_storage_refused',
  'discarded_said',
  'each_nothing_to_undo',
  'export_saved',
  'files_page_released_said',
  'home_saved_said',
  'lesson_closed_said',
  'lesson_lifted_said',
  'lesson_opened_said',
  'pages_nothing_to_undo',
  'starters_page_coming',
  'tablet_in_said'
];

/** True where it was done; without a network it is added that the others do not know of it yet. */
const own = [
  'account_names_saved',
  'address_cleared',
  'address_saved',
  'archived_said',
  'bulk_done',
  'bulk_undone',
  'comments_added_said',
  'comments_added_waits_said',
  'comments_changed_said',
  'comments_removed_said',
  'comments_restored_said',
  'each_undone_said',
  'group_back_said',
  'group_dissolved_said',
  'group_made_said',
  'group_renamed_said',
  'group_saved_said',
  'hand_in_given_back_said',
  'hand_in_said',
  'hand_in_taken_back_said',
  'hand_lowered_said',
  'handed_over_said',
  'left_said',
  'media_deleted',
  'media_restored',
  'pages_back_said',
  'pages_home_said',
  'pages_made_said',
  'pages_moved_before',
  'pages_moved_last',
  'pages_moved_under',
  'pages_put_back_said',
  'pages_renamed_said',
  'pages_thrown_said',
  'pages_trashed_said',
  'pages_undone_said',
  'pages_version_restored',
  'pictures_removed_said',
  'removed_said',
  'request_no_said',
  'request_yes_said',
  'restored_said',
  'role_changed_said',
  'role_waits_said',
  'settings_name_said',
  'settings_saved',
  'tablet_renamed_said',
  'taken_back_said',
  'tray_adopted',
  'unarchived_said'
];

/** Of what others see or may do: what is said while there is a network, and what until there is one. */
const pairs: Readonly<Record<string, string>> = {
  account_password_done: 'account_password_later',
  account_shown_saved: 'account_shown_later',
  class_key_removed_said: 'class_key_removed_later',
  class_key_set_said: 'class_key_set_later',
  comments_approved_said: 'comments_approved_later',
  each_made_said: 'each_made_later',
  erase_said: 'erase_later',
  files_page_kept_said: 'files_page_kept_later',
  home_fetch_said: 'home_fetch_later',
  invitation_revoked_said: 'invitation_revoked_later',
  kept_said: 'kept_later',
  own_device_revoked_said: 'own_device_revoked_later',
  pages_all_frozen_said: 'pages_all_frozen_later',
  pages_all_thawed_said: 'pages_all_thawed_later',
  pages_forgotten_said: 'pages_forgotten_later',
  pages_frozen_said: 'pages_frozen_later',
  pages_hidden_said: 'pages_hidden_later',
  pages_permitted_said: 'pages_permitted_later',
  pages_shown_said: 'pages_shown_later',
  pages_thawed_said: 'pages_thawed_later',
  profile_deleted_said: 'profile_deleted_later',
  profile_saved_said: 'profile_saved_later',
  publish_said: 'publish_later',
  publish_taken_back_said: 'publish_taken_back_later',
  scope_saved_said: 'scope_saved_later',
  sign_out_everywhere_said: 'sign_out_everywhere_later',
  tried_said: 'tried_later',
  visits_ended_said: 'visits_ended_later'
};

/** What stands in the middle of others: a button of the confirmation, an addition to one of a pair. */
const beside = new Set(['undo', 'other_devices_ask']);

const confirming = sources('src', ['.svelte', '.ts']).filter(({ text }) =>
  /\bannouncements\(\)|said: Announcements/.test(text)
);

/** The first argument of every call of these functions, as it is written. */
function told({ text }: Source, functions: readonly string[]): readonly string[] {
  const call = new RegExp(`(?<!function )\\b(?:${functions.join('|').replaceAll('.', '\\.')})\\(`, 'g');
  return [...text.matchAll(call)].map(({ 0: { length }, index }) => upToEnd(text.slice(index + length)));
}

/** Up to the bracket that closes what is open. */
function upToEnd(text: string): string {
  let open = 1;
  for (let at = 0; at < text.length; at++) {
    if ('([{'.includes(text.charAt(at))) open++;
    if (')]}'.includes(text.charAt(at)) && --open === 0) return text.slice(0, at);
  }
  throw new Error('nothing closes it');
}

/** The messages in an argument; of a value that was named before, or that a function gives, those that stand there. */
function messages({ text }: Source, argument: string): readonly string[] {
  const of = (some: string): readonly string[] =>
    [...some.matchAll(/\bm\.(\w+)\(/g)].map(([, key = '']) => key);
  const named = [...argument.matchAll(/^(\w+)(?=,|$)|(?<=\{ |, )(now|later)(?=,| \})/g)].flatMap(([name]) =>
    [
      ...text.matchAll(new RegExp(`const (?:${name}|\\[[^\\]]*\\b${name}\\b[^\\]]*\\]) =([^;]*);`, 'g'))
    ].flatMap(([, value = '']) => of(value))
  );
  const given = [...argument.matchAll(/^(\w+)\(/g)].flatMap(([, name]) =>
    of(text.split(`function ${name}(`)[1]?.split('\n  }\n')[0] ?? '')
  );
  return [...new Set([...of(argument), ...named, ...given])].filter((key) => !beside.has(key));
}

/** Every message that is told by one of these functions. */
function allTold(functions: readonly string[]): readonly string[] {
  return [
    ...new Set(confirming.flatMap((file) => told(file, functions).flatMap((one) => messages(file, one))))
  ].sort();
}

function words(locale: 'es' | 'en'): ReadonlyMap<string, string> {
  const files = sources(`src/i18n/messages/${locale}`, ['.json']);
  const all = files.flatMap(({ path }) =>
    Object.entries(JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>)
  );
  return new Map(all.map(([key, value]) => [key, JSON.stringify(value)]));
}

describe('what confirms', () => {
  test('[AP10] tells what is so on this device, or was looked at as to whether it is true without a network', () => {
    expect(allTold(['said.say'])).toEqual(here);
    const changed = allTold(['said.changed', 'tell', 'undoable']);
    const paired = Object.entries(pairs).flat();
    expect(changed.filter((key) => !paired.includes(key))).toEqual(own);
    expect(changed.filter((key) => paired.includes(key))).toEqual(paired.toSorted());
  });

  test('[AP10] whatever is told there is a message that was looked at, a reason why not, or handed on', () => {
    const unread = confirming.flatMap((file) =>
      told(file, ['said.say', 'said.changed', 'tell', 'undoable'])
        .filter((one) => messages(file, one).length === 0 && !one.startsWith('problemWords('))
        .map((one) => `${file.path}: ${one}`)
    );
    const handedOn = unread.filter((one) => /: (done|text)(,|$)|, ''$/.test(one));
    expect(unread.filter((one) => !handedOn.includes(one))).toEqual([]);
  });

  test('[AP10] nothing that a message says was said, or will be, is missing there', () => {
    const looked = new Set([...here, ...own, ...Object.entries(pairs).flat()]);
    const named = [...words('es').keys()].filter((key) => /_(said|later)$/.test(key));
    const elsewhere = ['home_said_no_title', 'scope_later'];
    expect(named.filter((key) => !looked.has(key) && !elsewhere.includes(key))).toEqual([]);
  });

  test.each([
    ['es', /conexión/, /\b(todos|visitantes|los demás|se abre|te ven|ya no vale)\b/i],
    ['en', /network/, /\b(everybody|visitors|the others|opens|you are shown|no longer works)\b/i]
  ] as const)(
    '[AP10] in %s: what waits for the network says so, and what is true of this device speaks of nobody else',
    (locale, network, others) => {
      const all = words(locale);
      const of = (key: string): string => all.get(key) ?? '';
      expect(Object.values(pairs).filter((key) => !network.test(of(key)))).toEqual([]);
      expect([...here, ...own].filter((key) => others.test(of(key)))).toEqual([]);
    }
  );

  test.each(['es', 'en'] as const)('[AP10] in %s what is told takes three lines of a phone', (locale) => {
    const all = words(locale);
    const longest = (key: string): number =>
      Math.max(
        ...[...(all.get(key) ?? '').matchAll(/(?:^|":)"([^"]+)"/g)].map(
          ([, text = '']) => text.replaceAll(/\{\w+\}/g, 'x'.repeat(12)).length
        )
      );
    const told = [...here, ...Object.entries(pairs).flat()].map((key) => [key, longest(key)] as const);
    const added = longest('said_not_sent') - 12;
    const letters = [...told, ...own.map((key) => [key, longest(key) + added] as const)];
    expect(letters.filter(([, length]) => length > 108)).toEqual([]);
  });
});

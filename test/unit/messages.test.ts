import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, sources } from '../support/sources.ts';

/** A message: its words, or those of each of its plural forms. */
interface Message {
  readonly key: string;
  readonly forms: readonly string[];
  readonly plural: boolean;
}

type Written = string | readonly { readonly match: Readonly<Record<string, string>> }[];

function messages(locale: 'es' | 'en'): readonly Message[] {
  return sources(`src/i18n/messages/${locale}`, ['.json']).flatMap(({ path }) =>
    Object.entries(JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, Written>)
      .filter(([key]) => key !== '$schema')
      .map(([key, written]) => {
        const plural = typeof written !== 'string';
        return {
          key,
          plural,
          forms: plural ? written.flatMap(({ match }) => Object.values(match)) : [written]
        };
      })
  );
}

/** Words by which teachers look for help, which are no sentences. */
const said = (locale: 'es' | 'en') => messages(locale).filter(({ key }) => !/^how_.*_words$/.test(key));

/** The messages of which a form is not as it should be. */
function wrong(all: readonly Message[], is: (form: string) => boolean): readonly string[] {
  return all.filter(({ forms }) => forms.some(is)).map(({ key }) => key);
}

/** Said of several only. */
const alwaysMany = ['activity_times', 'media_prepare_many', 'media_camera_use_many', 'pictures_worth'];

const count = (text: string, sign: string): number => text.split(sign).length - 1;

const holes = ({ forms }: Message): string =>
  [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join(' ');

describe('the words', () => {
  test('[AP13] are the same messages in every language, about the same things', () => {
    const english = new Map(messages('en').map((message) => [message.key, message]));
    const spanish = messages('es');
    expect([...english.keys()].sort()).toEqual(spanish.map(({ key }) => key).sort());
    const differs = spanish.filter((one) => {
      const other = english.get(one.key);
      return other && holes(one) !== holes(other) && !(one.plural && other.plural);
    });
    expect(differs.map(({ key }) => key)).toEqual([]);
  });

  test('[AP13] ask and exclaim from the first word in Spanish, and close what they open', () => {
    for (const [open, shut] of ['¿?', '¡!', '«»'])
      expect(wrong(said('es'), (form) => count(form, open ?? '') !== count(form, shut ?? ''))).toEqual([]);
    expect(wrong(said('en'), (form) => count(form, '“') !== count(form, '”'))).toEqual([]);
  });

  test.each([
    [
      'es',
      /\brel[eé]s?\b|\bcuy[oa]s?\b|\baparatos?\b|\busted(es)?\b|\bsu navegador\b|\btokens?\b|sincroniz|\b(haga|pulse|elija|escriba) clic\b|\bemail\b|\bpassword\b/i
    ],
    ['en', /\brelays?\b|\btokens?\b|\bsync|\bwhose home\b|\bfilms?\b(?! it)|\bhome page\b/i]
  ] as const)('[AP13] in %s call one thing by one word, and none is a technician’s', (locale, strange) => {
    expect(wrong(said(locale), (form) => strange.test(form))).toEqual([]);
  });

  test.each(['es', 'en'] as const)('[AP13] in %s have a form for one where they count', (locale) => {
    const counting = said(locale).filter(({ key, plural }) => !plural && !alwaysMany.includes(key));
    expect(wrong(counting, (form) => /\{count\} \p{L}{3,}s\b/u.test(form))).toEqual([]);
  });
});

import { isBetween, isParticle } from './name-units.ts';

/** Scripts whose capitals begin names; Georgian's Mtavruli are a style of whole words. */
const cased = /[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Armn}]/u;

/**
 * TA18: says whether a name is written all in capitals or all small, in a script where names are written with a capital
 * and small letters: somebody may want it written right.
 */
export function isShouted(name: string): boolean {
  const letters = [...name].filter((sign) => /\p{L}/u.test(sign) && cased.test(sign));
  if (letters.length < 2) return false;
  const all = letters.join('');
  const small = name.split(/[\p{White_Space}-]+/u).every((word) => word === word.toLowerCase());
  return small || (all === all.toUpperCase() && all !== all.toLowerCase());
}

/**
 * TA18: a name with a capital where each of its words begins and small letters after it: particles inside a family name
 * small (`de la`, `van der`), behind apostrophes a capital (`D'Ors`), `Mc` as it is written. A name in mixed letters stays
 * as it is.
 *
 * @param tag a language whose capitals differ: Turkish has two kinds of i
 */
export function withCapitals(name: string, tag?: string): string {
  if (!isShouted(name)) return name;
  return name.replace(/[\p{L}\p{M}'’]+/gu, (word, at: number) => {
    const small = word.toLocaleLowerCase(tag);
    // A lone letter is an initial, unless it joins two words: *Costa e Silva*.
    const joins =
      at > 0 && at + word.length < name.length && isBetween(small) && name[at + word.length] !== '.';
    if (/^\p{L}$/u.test(word) && !joins) return word.toLocaleUpperCase(tag);
    if ((isParticle(small) || isBetween(small)) && name.includes(' ')) return small;
    if (/^['’][stnk]$/.test(small)) return small;
    return small
      .replace(/^['’]?\p{L}/u, (first) => first.toLocaleUpperCase(tag))
      .replace(
        /^((?:[dolnm]|dell|sant)['’])(\p{L})/iu,
        (_, article: string, first: string) => article + first.toLocaleUpperCase(tag)
      )
      .replace(/^Mc(\p{L})/u, (_, first: string) => `Mc${first.toLocaleUpperCase(tag)}`);
  });
}

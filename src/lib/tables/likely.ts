import { isGivenName } from './given-names.ts';

/** Letters with marks that stand in names in Latin letters, by how often they do: whatever is not here is rare. */
const often = 'áéíóúñçüöäàèòãõâêôëïîåøæßłąęśżźćńčšžřěýůőűășşțţđğıİ';
const seldom = 'ùìûŷľňťďĺŕðþāēīūķļņģėįųœÿıċġħżŵ';
const vowels = 'aeiouyαεηιουωаеёиіїоуыэюяєў';

const marked = /[^\0-\x7f]/;
const word = /\d?[\p{L}\p{M}\u0080-\u{10ffff}'’]+/gu;

/**
 * TA1: how likely it is that a text is names, by the letters beyond ASCII in it: letters that names have, in one script a
 * word, capitals where words begin, vowels and consonants in turn; and no drawings, fractions and currencies. Greater is
 * likelier; of one list under several encodings the greatest is the one.
 */
export function likelihood(text: string): number {
  let points = 0;
  for (const [found] of text.matchAll(word)) if (marked.test(found)) points += ofWord(found);
  return points;
}

function ofWord(found: string): number {
  let points = isGivenName(found) ? 3 : 0;
  const latin = /[A-Za-z]/.test(found);
  const small = /\p{Ll}/u.test(found);
  const signs = [...found];
  for (const [at, sign] of signs.entries()) {
    if (!marked.test(sign)) continue;
    points += ofSign(sign, signs[at - 1], signs[at + 1], latin);
    // A capital within a word of small letters: McDonald has one, but no accent beside it.
    const inside = /\p{Lu}/u.test(sign) && /\p{L}/u.test(signs[at - 1] ?? '');
    const before = /\p{Ll}/u.test(sign) && /\p{Lu}/u.test(signs[at + 1] ?? '');
    if (small && (inside || before)) points -= 4;
  }
  return points;
}

function ofSign(
  sign: string,
  before: string | undefined,
  behind: string | undefined,
  latin: boolean
): number {
  // 2.º, 2ª: behind a digit stands no letter with a mark.
  const numbered = before !== undefined && /\d/.test(before);
  if (/[ºª·]/.test(sign)) return numbered ? 1 : 0;
  if (numbered) return -1;
  if (sign === '’') return before && behind ? 0.5 : -1;
  if (!/\p{L}/u.test(sign)) return -6;
  if (!/\p{sc=Latn}/u.test(sign)) {
    // Greek and Cyrillic words have no Latin letters in them.
    return (latin ? -6 : 1) + turns(sign, before, behind) + (/[ΰΐѓќљњџ]/.test(sign) ? -1 : 0);
  }
  const letter = sign.toLowerCase();
  const known = often.includes(letter) ? 1 : seldom.includes(letter) ? 0.2 : -1;
  const crowd = [before, behind].filter((one) => one !== undefined && marked.test(one)).length;
  return known + turns(sign, before, behind) - crowd * 1.5 + special(letter, before, behind);
}

/** Beside a vowel stands a consonant, as a rule: *Hélène* and *Petrović* are read, *Hélčne* and *Petroviæ* are not. */
function turns(sign: string, before: string | undefined, behind: string | undefined): number {
  const own = isVowel(sign);
  const beside = [before, behind].filter((one) => one !== undefined && /\p{L}/u.test(one));
  const like = beside.filter((one) => isVowel(one ?? '') === own).length;
  return beside.length > 0 && like === beside.length ? -0.75 : 0.25;
}

/**
 * Letters of one base that stand in different places: *ñ* and *ão* before a vowel, *ń* and *ă* before a consonant, *õ*
 * before *e*, *ő* anywhere; *ï* behind a vowel.
 */
function special(letter: string, before: string | undefined, behind: string | undefined): number {
  const vowel = behind !== undefined && isVowel(behind);
  if (letter === 'õ') return behind === 'e' ? 0.5 : -0.5;
  if (letter === 'ï') return before !== undefined && isVowel(before) ? 0.25 : -1;
  if (letter === 'ñ' || letter === 'ã') return vowel ? 0.5 : -1;
  if (letter === 'ń' || letter === 'ă') return vowel ? -1 : 0.25;
  return 0;
}

function isVowel(letter: string): boolean {
  const base = letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return vowels.includes(base === 'ø' ? 'o' : base === 'æ' || base === 'œ' ? 'a' : base === 'ı' ? 'i' : base);
}

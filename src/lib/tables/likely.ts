import { alphabetOf, isMarked, smallOf } from './alphabets.ts';
import { isGivenName } from './given-names.ts';

/** Letters with marks that stand in names in Latin letters, by how often they do: whatever is not here is rare. */
const often = 'áéíóúñçüöäàèòãõâêôëïîåøæßłąęśżźćńčšžřěýůőűășşțţđğı';
const seldom = 'ùìûŷľňťďĺŕðþāēīūķļņģėįųœÿıċġħżŵ';
const vowels = 'aeiouyαεηιουωаеёиіїоуыэюяєў';

const word = /\d?[\p{L}\p{M}\u0080-\u{10ffff}'’]+/gu;

/**
 * TA1: how likely it is that a text is names, by the letters beyond ASCII in it: letters that names have, above all those
 * of the one language that has the most of them, in one script a word, capitals where words begin, vowels and consonants in turn; and no drawings, fractions and currencies. Greater is
 * likelier; of one list under several encodings the greatest is the one.
 */
export function likelihood(text: string): number {
  const alphabet = alphabetOf(text);
  let weight = 0;
  for (const [found] of text.matchAll(word)) if (isMarked(found)) weight += ofWord(found, alphabet);
  return weight;
}

function ofWord(found: string, alphabet: string): number {
  let weight = isGivenName(found) ? 3 : 0;
  const latin = /[A-Za-z]/.test(found);
  const small = /\p{Ll}/u.test(found);
  const signs = [...found];
  for (const [at, sign] of signs.entries()) {
    if (!isMarked(sign)) continue;
    weight += ofSign(sign, signs[at - 1], signs[at + 1], { latin, alphabet });
    // A capital within a word of small letters: McDonald has one, but no accent beside it.
    const inside = /\p{Lu}/u.test(sign) && /\p{L}/u.test(signs[at - 1] ?? '');
    const before = /\p{Ll}/u.test(sign) && /\p{Lu}/u.test(signs[at + 1] ?? '');
    if (small && (inside || before)) weight -= 4;
  }
  return weight;
}

function ofSign(
  sign: string,
  before: string | undefined,
  behind: string | undefined,
  { latin, alphabet }: { readonly latin: boolean; readonly alphabet: string }
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
  const letter = smallOf(sign);
  const crowd = [before, behind].filter((one) => one !== undefined && isMarked(one)).length;
  const known = alphabet.includes(letter)
    ? 1
    : often.includes(letter)
      ? 0.7
      : seldom.includes(letter)
        ? 0
        : -1;
  return known + turns(sign, before, behind) - crowd * 1.5 + special(letter, before, behind, alphabet);
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
 * before *e* in Portuguese and anywhere in Estonian, *ő* anywhere; *ï* behind a vowel.
 */
function special(
  letter: string,
  before: string | undefined,
  behind: string | undefined,
  alphabet: string
): number {
  const vowel = behind !== undefined && isVowel(behind);
  if (letter === 'õ') return behind === 'e' || alphabet.includes('ä') ? 0.5 : -0.5;
  if (letter === 'ï') return before !== undefined && isVowel(before) ? 0.25 : -1;
  if (letter === 'ñ' || letter === 'ã') return vowel ? 0.5 : -1;
  if (letter === 'ń' || letter === 'ă') return vowel ? -1 : 0.25;
  return 0;
}

function isVowel(letter: string): boolean {
  const base = letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return vowels.includes(base === 'ø' ? 'o' : base === 'æ' || base === 'œ' ? 'a' : base === 'ı' ? 'i' : base);
}

/** UN2: each of the two name parts of a username is cut to so many letters. */
export const longestPart = 32;

const form = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)\.([1-9]\d{0,5})$/;

/** Signs that draw nothing: joiners, direction marks, soft hyphens, spaces without width. */
const hidden = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** What stands in a dot's place or beside its key: the full stops of other scripts, the comma. */
const dots = /[.,\u3002\u06d4\u060c\u2024]/gu;
const spaces = /\p{White_Space}+/gu;

/** Writes a text of any script in Latin letters. Handed in, so that the rules stay free of tables. */
export type Romanise = (text: string) => string;

/**
 * UN1–UN3: the username without its number, `given.family`: lower case, accents folded, other scripts written in
 * Latin letters, whatever is neither letter, digit nor hyphen left out.
 *
 * @returns undefined when nothing of one of the names can be written so (NA6)
 */
export function usernameBase(given: string, family: string, romanise: Romanise): string | undefined {
  const [first, second] = [part(given, romanise), part(family, romanise)];
  return first && second ? `${first}.${second}` : undefined;
}

/** UN4: the first number from 1 on that makes the base a username nobody has. */
export function firstFree(base: string, isTaken: (nameKey: string) => boolean): string {
  for (let number = 1; ; number++) {
    const username = `${base}.${number}`;
    if (!isTaken(nameKey(username))) return username;
  }
}

/** UN5: what stands in for a username that is taken: the same base with the first free number. */
export function nextFree(username: string, isTaken: (nameKey: string) => boolean): string {
  return firstFree(username.slice(0, username.lastIndexOf('.')), isTaken);
}

/**
 * UN6: two usernames are the same when their keys are. Of what keyboards make of one nothing counts that no username
 * has: compatibility forms, capitals, accents, the dot of the Turkish i, signs that draw nothing, the hyphens and digits
 * of other scripts, spaces, dots twice or at an end. So `Ángel. CanoRobles. 1.`, typed on any keyboard, finds its
 * account. A username as this relay gives them is its own key.
 */
export function nameKey(username: string): string {
  if (form.test(username)) return username;
  const plain = fold(username.normalize('NFKC').toLowerCase())
    .replace(hidden, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\p{Nd}/gu, digit)
    .replace(dots, '.')
    .trim();
  // Whoever writes no dot at all means one by each space; beside dots a space is the keyboard's own.
  const spaced = plain.includes('.') ? plain.replace(/\p{White_Space}/gu, '') : plain.replace(spaces, '.');
  return spaced.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '');
}

/** UN3: says whether the text is a username as this relay gives them. */
export function isUsername(text: string): boolean {
  const match = form.exec(text);
  return match !== null && (match[1] ?? '').length <= longestPart && (match[2] ?? '').length <= longestPart;
}

function part(name: string, romanise: Romanise): string {
  // Written in Latin letters before any mark is folded: й is no и with an ornament, ї no і, և no ե.
  const latin = romanise(asRead(name.normalize('NFC')));
  return fold(latin.toLowerCase())
    .replace(/[^a-z0-9-]/g, '')
    .replace(/-+/g, '-')
    .slice(0, longestPart)
    .replace(/^-|-$/g, '');
}

/**
 * UN2: what a letter-by-letter table cannot know: Greek ου is one vowel, and Bulgarian ъ is one too, unless it only
 * divides (before я, ю, е, ё). The middle dot of Catalan l·l is left out: it is no hyphen.
 */
function asRead(name: string): string {
  return name
    .replace(/ο[υύ]/giu, 'ou')
    .replace(/ъ(?![яюеё])/giu, 'a')
    .replaceAll('·', '');
}

/** Without accents and other marks; dotted and dotless i are one letter here: a child finds one key for it (UN2). */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ı/g, 'i');
}

/** Decimal digits stand in rows of ten, from nought to nine, in every script (Unicode Standard §4.6); rows may touch. */
function digit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return String((code - first) % 10);
}

/** UN2: each of the two name parts of a username is cut to so many letters. */
export const longestPart = 32;

const form = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)\.([1-9]\d{0,5})$/;

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
 * UN6: two usernames are the same when their keys are: compatibility forms, capitals, accents and the dot of the
 * Turkish i apart, no space at either end. So `Ángel.CanoRobles.1`, typed on any keyboard, finds its account.
 */
export function nameKey(username: string): string {
  return fold(username.normalize('NFKC').toLowerCase()).trim();
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

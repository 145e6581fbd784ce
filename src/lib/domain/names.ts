import { refuse, type Refusal } from './refusals.ts';

/** NA5: the longest given or family name, in code points. */
export const longestName = 40;
/** NA7: the longest display name or school, in code points. */
export const longestDisplay = 80;

const allowed = /^[\p{L}\p{M}\p{Nd}'’·-]$/u;
/** Control, direction, private and unassigned signs, halves of a sign, line and paragraph separators. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Signs that draw nothing by themselves: fillers, selectors, joiners. */
const ignorable = /\p{Default_Ignorable_Code_Point}/u;
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{M}]/u;
const space = /\p{White_Space}/u;
/** An apostrophe stands first in a short article only: `'t Hooft`, `'s-Gravesande`. */
const hyphenAtEdge = /^(?:[-·]|['’](?![stnk](?:[-\s\p{Lu}]|$)))|[-'’·]$/u;
/** A full stop that ends an initial or a shortened word: `Luz F.`, `J.R.`, `Fco. Javier`. */
const shortening = /(?<=(?:^|[^\p{L}\p{M}])\p{L}\p{M}*)\.|(?<=[\p{L}\p{M}])\.(?=$|[-\s])/gu;
/** Joiners in scripts that need them: behind a letter or mark of one, before another (Unicode Standard Annex 31, A1–B). */
const joiner =
  /(?<=[\p{scx=Arab}\p{scx=Syrc}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}])[\u200c\u200d](?=[\p{L}\p{M}])/gu;

/**
 * What is wrong with a given or family name, worst first (NA1–NA6); nothing means that it may be used.
 * A space at either end counts too: the form trims before it asks, the gate refuses (NA1).
 */
export function nameProblems(name: string): readonly Refusal[] {
  if (name === '') return [refuse('name-empty')];
  const problems: Refusal[] = [];
  const signs = new Set<string>();
  let hiddenSign = false;
  for (const sign of name.replace(joiner, '').replace(shortening, '')) {
    if (space.test(sign)) continue;
    if (hidden.test(sign) || ignorable.test(sign)) hiddenSign = true;
    else if (!allowed.test(sign)) signs.add(sign);
  }
  if (space.test(name)) problems.push(refuse('name-space'));
  if (hiddenSign) problems.push(refuse('name-hidden-sign'));
  for (const sign of signs) problems.push(refuse('name-sign', { sign }));
  if (!/\p{L}/u.test(name)) problems.push(refuse('name-no-letter'));
  if (hyphenAtEdge.test(name)) problems.push(refuse('name-hyphen-edge'));
  if ([...name].length > longestName)
    problems.push(refuse('name-too-long', { longest: String(longestName) }));
  return problems;
}

/** The two repairs that the form offers for a name with spaces (G4, NA2): its words joined, and hyphenated. */
export function nameRepairs(name: string): { readonly joined: string; readonly hyphenated: string } {
  const words = name
    .split(/\p{White_Space}+/u)
    // What is joined is no initial any more.
    .map((word, _, all) => (all.length > 1 ? word.replace(/\.$/, '') : word))
    .filter((word) => word !== '');
  const joined = words.map((word, index) => (index === 0 ? word : upperFirst(word))).join('');
  return { joined, hyphenated: words.join('-') };
}

/** The initials of a name's words and hyphenated parts (G2, NA8): `Cano Robles` → `CR`. */
export function initialsOf(name: string): string {
  return name
    .split(/[\p{White_Space}-]+/u)
    .map((word) => capital([...word.replace(/[^\p{L}]/gu, '')][0] ?? ''))
    .join('');
}

/**
 * NA7: a display name or a school is 1 to 80 code points, one of them visible, without control or direction signs or
 * line breaks, and with no space at either end.
 */
export function isDisplay(text: string): boolean {
  const length = [...text].length;
  const drawn = text.replace(joiner, '');
  return length <= longestDisplay && visible.test(text) && !hidden.test(drawn) && text.trim() === text;
}

/** What two labels have in common that mean the same: capitals, spaces and forms of one sign do not tell them apart. */
export function labelKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{White_Space}+/gu, '');
}

export function sameLabel(a: string, b: string): boolean {
  return labelKey(a) === labelKey(b);
}

/** ME9: how an adult can be reached, in their own words: written like a display name, or nothing. */
export function isContact(text: string): boolean {
  return text === '' || isDisplay(text);
}

/** ME10: the longest profile, in code points. */
export const longestProfile = 500;
/** ML5: the longest reason, in code points. */
export const longestWhy = 200;

/** ME10: what somebody tells of themselves: up to 500 code points, one of them visible, no hidden signs but line breaks. */
export function isProfile(text: string): boolean {
  const lines = text.split('\n');
  const clean = lines.every((line) => !hidden.test(line));
  return clean && visible.test(text) && [...text].length <= longestProfile && text.trim() === text;
}

/** ML5: why an adult says no to media: 1 to 200 code points, one of them visible, on one line, no hidden signs. */
export function isWhy(text: string): boolean {
  const drawn = text.replace(joiner, '');
  return visible.test(text) && !hidden.test(drawn) && [...text].length <= longestWhy && text.trim() === text;
}

/** A family or another picture made of several: joiners between pictures are part of what is seen. */
const pictureJoiner =
  /(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic})/gu;

/** The flags of England, Scotland and Wales, whose signs but the first cannot be seen. */
const flag =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;
const keptOrHidden = new RegExp(
  `(${[joiner, pictureJoiner, flag].map(({ source }) => source).join('|')})|${hidden.source}`,
  'gu'
);

/** CO2: the text without signs that cannot be seen and that neither a script nor a picture needs. */
export function withoutHidden(text: string): string {
  return text.replace(keptOrHidden, '$1');
}

/** CO1: whether signs stand there that cannot be seen and that neither a script nor a picture needs. */
export function hiddenIn(text: string): boolean {
  return withoutHidden(text) !== text;
}

/** CO1: whether anything in it can be seen; the sign of six dots of which none is raised cannot. */
export function visibleIn(text: string): boolean {
  return visible.test(text.replaceAll('\u2800', ''));
}

/** How an address begins, with a scheme or without; a host with a path, or one that is no word of any language; a mailbox. */
const addresses = [
  /\b(?:https?:|mailto:|www\.)\S/iu,
  /[\p{L}\d]:\/\/\S/u,
  /[\p{L}\d]\.\p{L}{2,}\/\S/u,
  /[\p{L}\d]\.(?:com|org|net|edu|gob|gov)(?![\p{L}\d])/iu,
  /\S@\S+\.\p{L}/u
] as const;

/** CO1: whether an address of the web or of a mailbox stands there. */
export function linkIn(text: string): boolean {
  // Wide letters and signs are read like narrow ones.
  const plain = text.normalize('NFKC');
  return addresses.some((address) => address.test(plain));
}

/** A letter as names begin with it. Georgian has capitals for whole words only: its names begin with a letter like others. */
function capital(letter: string): string {
  return /\p{sc=Geor}/u.test(letter) ? letter : letter.toLocaleUpperCase('und');
}

function upperFirst(word: string): string {
  const [first = '', ...rest] = word;
  return capital(first) + rest.join('');
}

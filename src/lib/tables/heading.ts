import type { Field } from './field.ts';
import { folded } from './folded.ts';
import { headingWords, type Meaning } from './heading-words.ts';
import { flagOf } from './role-flags.ts';

/**
 * What a heading says of its column. `named`, `middle`, `between`, `pupil`, `whole`, `level` and `group` are settled by the other columns; `unused`:
 * something that is not needed here.
 */
export type Heading = Field | 'named' | 'middle' | 'between' | 'pupil' | 'whole' | 'unused';

const meanings = new Map<string, Meaning>();
for (const [meaning, phrases] of Object.entries(headingWords)) {
  // A word stands in `headingWords` where it counts most: whatever comes first keeps it.
  for (const phrase of phrases.split(',').map(folded)) {
    if (phrase !== '' && !meanings.has(phrase)) meanings.set(phrase, meaning as Meaning);
  }
}
const longest = Math.max(...[...meanings.keys()].map((phrase) => phrase.split(' ').length));

/**
 * TA9: what a heading says, known by its words and not by their spelling: accents, capitals, brackets, suffixes (`(s)`,
 * `/a`), camel case and *del alumno* do not matter. Undefined: it has a word that no heading has.
 */
export function headingOf(cell: string): Heading | undefined {
  const said = meaningsOf(cell);
  if (!said) return flagOf(cell) ? 'unused' : undefined;
  const has = (meaning: Meaning): boolean => said.includes(meaning);
  if (has('other')) return 'unused';
  for (const plain of ['password', 'username', 'display', 'role', 'group', 'level'] as const) {
    if (has(plain)) return plain;
  }
  if (has('whole-family-first')) return 'name-family-first';
  if (has('whole')) return 'whole';
  const name = said.findIndex((one) => one === 'named' || one === 'given');
  // "Nom et prénom", "Name, Vorname": beside a word for given names the other one is the family's.
  const family = has('family') ? said.indexOf('family') : has('given') ? said.indexOf('named') : -1;
  const given = has('given') ? said.indexOf('given') : name;
  if (given >= 0 && family >= 0) return given < family ? 'name' : 'name-family-first';
  if (has('family')) return has('second') ? 'family2' : 'family';
  if (has('named') && has('first')) return 'given';
  if ((has('named') || has('given')) && has('second')) return 'given2';
  if (has('given')) return 'given';
  return (['named', 'middle', 'between', 'pupil'] as const).find(has);
}

/** The meanings of a heading's words, in their order; undefined where one has none, or all of them say nothing. */
function meaningsOf(cell: string): readonly Meaning[] | undefined {
  const parted = cell
    .replace(/[ºª°]/g, 'o ')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .replace(/(\p{L})(?=\p{N})/gu, '$1 ');
  const words = folded(parted).split(' ');
  const said: Meaning[] = [];
  for (let at = 0; at < words.length;) {
    let length = Math.min(longest, words.length - at);
    while (length > 0 && !meanings.has(words.slice(at, at + length).join(' '))) length--;
    const meaning = meanings.get(words.slice(at, at + length).join(' '));
    if (!meaning) return undefined;
    if (meaning !== 'filler') said.push(meaning);
    at += length;
  }
  return said.length > 0 ? said : undefined;
}

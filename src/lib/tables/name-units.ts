import { isGivenName } from './given-names.ts';
import { folded } from './folded.ts';

/** Words that begin a family name or go on with a given one: *de la Torre*, *van der Berg*, *dos Santos*. */
const particles = new Set(
  `de del dela dels della dei degli delle di da do dos das du des d la las lo los le les l el il van von vom zu zum zur der den
  het t ten ter te op af av al bin ibn ben mac mc san santa sant o`.split(/\s+/)
);
/** Those that no given name ends with, written small. */
const trailing = new Set(
  `de del van von vom zu zum zur der den het t ten ter te op dos da das du`.split(' ')
);
/** Words between two halves of one family name: *Ortega y Gasset*, *Puig i Cadafalch*, *Costa e Silva*. */
const between = new Set(['y', 'i', 'e']);
/** Given names that go on with a particle: *María del Carmen*, *Juan de Dios*. */
const oftenFollowed = new Set(
  'maria ma juan jose ana francisco luz flor vicente rosa inmaculada jean'.split(' ')
);
const devotions = new Set(
  `carmen mar pilar dolores angeles rosario mercedes nieves rocio cruz paz luz fe sol dios jesus asis paul paula consuelo loreto
  lourdes camino milagros remedios montserrat gracia socorro valle prado soledad pino coro`.split(/\s+/)
);

/** What Russian and Ukrainian names have behind the given name, of the father's: *Иванович*, *Сергеевна*, *Петрівна*. */
const patronymic = /(?:ович|евич|йович|овна|евна|івна|ївна|ична)$/iu;

/** Says whether a word is of the father's name, and goes on with a given name. */
export function isPatronymic(word: string): boolean {
  return patronymic.test(word);
}

/** Says whether a word is one capital letter, with or without its dot: an initial, as far as it tells by itself. */
export function isInitial(word: string): boolean {
  return /^\p{Lu}\.?$/u.test(word);
}

/** Says whether a word is a particle, written small or as part of a name in capitals; a lone capital is none. */
export function isParticle(word: string): boolean {
  return !isInitial(word) && particles.has(folded(word));
}

/** Says whether a word joins two halves of one family name. */
export function isBetween(word: string): boolean {
  return between.has(word);
}

/** A capital *Y* does as well, unless a known given name stands beside it: then it may be an initial. */
function joinsHalves(word: string, before: string, next = ''): boolean {
  return between.has(word) || (word === 'Y' && !isGivenName(before) && !isGivenName(next));
}

/** A name's words, with their particles: `María | Cano | de la Torre`. */
export function unitsOf(name: string): readonly string[] {
  const words = name.split(/\p{White_Space}+/u).filter((word) => word !== '');
  const units: string[] = [];
  let unit: string[] = [];
  for (const [at, word] of words.entries()) {
    unit.push(word);
    if (isParticle(word) && at < words.length - 1) continue;
    const [before] = units.slice(-1);
    const joins = before !== undefined && at < words.length - 1 && joinsHalves(word, before, words[at + 1]);
    if (joins) {
      unit = [...before.split(' '), ...unit];
      units.pop();
      continue;
    }
    units.push(unit.join(' '));
    unit = [];
  }
  return units;
}

/** So many units at the beginning are the given name as far as can be told: `Ana María`, `María del Carmen`. */
export function givenUnits(units: readonly string[]): number {
  let count = 0;
  for (const unit of units) {
    const words = unit.split(' ');
    const devoted =
      words.length > 1 &&
      devotions.has(folded(words.at(-1) ?? '')) &&
      oftenFollowed.has(folded(units[count - 1] ?? '').split(' ')[0] ?? '');
    const fathers = count > 0 && isPatronymic(unit);
    const short = /^\p{Lu}\p{L}{0,3}\.$/u.test(unit) && isGivenName(units[count + 1] ?? '');
    if (!devoted && !fathers && !short && !(words.length === 1 && isGivenName(unit))) break;
    count++;
  }
  return count;
}

/**
 * TA10: the halves of a name with the particle that a list has put behind the given name (`Berg, Jan van der`) before the
 * family name.
 */
export function withParticles<H extends { readonly given: string; readonly family: string }>(halves: H): H {
  const words = halves.given.split(' ');
  const at = words.findIndex(
    (word, index) =>
      index > 0 &&
      trailing.has(word.replace(/^'/, '')) &&
      words.slice(index).every((one) => isParticle(one) && one === one.toLowerCase())
  );
  if (at < 0 || halves.family === '' || halves.given === halves.given.toLowerCase()) return halves;
  const family = [...words.slice(at), halves.family].join(' ');
  return { ...halves, given: words.slice(0, at).join(' '), family };
}

/** Says whether all of a name is known for given names. */
export function isGivenOnly(name: string): boolean {
  const units = unitsOf(name);
  return units.length > 0 && givenUnits(units) === units.length;
}

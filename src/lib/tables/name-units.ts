import { isGivenName } from './given-names.ts';
import { folded } from './folded.ts';

/** Words that begin a family name or go on with a given one: *de la Torre*, *van der Berg*, *dos Santos*. */
const particles = new Set(
  `de del dela dels della dei degli delle di da do dos das du des d la las lo los le les l el il van von vom zu zum zur der den
  het t ten ter te op af av al bin ibn ben mac mc san santa sant o`.split(/\s+/)
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

/** Says whether a word is a particle, written small or as part of a name in capitals. */
export function isParticle(word: string): boolean {
  return particles.has(folded(word));
}

/** Says whether a word joins two halves of one family name. */
export function isBetween(word: string): boolean {
  return between.has(word);
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
    const joins = between.has(word) && before !== undefined && at < words.length - 1;
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
    if (!devoted && !fathers && !(words.length === 1 && isGivenName(unit))) break;
    count++;
  }
  return count;
}

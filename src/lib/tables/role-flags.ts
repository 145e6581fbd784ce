import { folded } from './folded.ts';
import type { ListedRole } from './role-of.ts';

/** Of whom a column says yes or no. */
export type Flag = 'adult' | 'pupil';

/** How those who work in a school are called, folded, as words begin. */
const staff =
  /^(?:prof(?!il)|doc$|docen|maestr|mestr|tutor(?!i)|teach|lehr|padagog|pedagog|enseign|ensenyan|ensin|insegn|irakasl|andereno|coordina|entrenad|coach|monitor|director|staff|adult|personal$|nauczyc|ucitel|vyucuj|nastavn|opettaj|opetaj|skolotaj|mokytoj|larar|laerer|laerar|leraar|leraren|leerkracht|kennar|tanar|mesues|ogretmen|muinteoir|athro|athrawes|ghalliem|учител|преподавател|наставн|вчител|педагог|καθηγητ|δασκαλ|εκπαιδευτικ|მასწავლებ|ուսուց)\p{L}*$/u;
/** And how those are called who learn there. */
const learning =
  /^(?:alumn|pupil|student|estudiant|eleve?s?$|eleva|elev(?:er|en)?$|schuler|alun|ucz(?:en|ennica|niem)|ogrenci|ikasle|oppilas|opilane|leerling|skolen|mokin|zak$|zakem|ziak|ucenik|ucenec|dijak|diak|tanulo|nxenes|disgybl|nemand|learner$|μαθητ|учен|учащ|учень|მოსწავლ|աշակերտ)\p{L}*$/u;
/** What such a heading has beside it: *es*, *¿… (S/N)?*, *yes/no*, endings. */
const asking = new Set(
  `es is are ist est e jest je er ar on bir o a as os de del la el in innen s n y j o t d i k b p x h si no yes oui non ja nein nee nej ne sim
  nao tak nie ano da nu igen nem kylla ei jah bai ez evet hayir po jo centro colegio escuela school aula clase д н да нет не так ні ν ο ναι οχι true false 1 0`.split(
    /\s+/
  )
);

const yes = new Set(
  `si yes ja oui sim tak ano da igen kylla jah bai evet po va taip ie iva sea jes ναι да так true verdadero vrai wahr vero 1 x v ok`.split(
    /\s+/
  )
);
const no = new Set(
  `no non nein nee nej nei nao nie ne nu nem ei ez hayir jo na le oxi οχι нет не ні false falso faux falsch 0`.split(
    /\s+/
  )
);
/** Letters for yes and for no, as they stand in one column. */
const letters = 's/n y/n j/n o/n d/n t/n a/n i/n v/n x/n b/e k/e j/e e/h p/j v/f д/н т/н ν/ο'
  .split(' ')
  .map((pair) => pair.split('/'));
/** Boxes that are ticked, crossed and left open. */
const ticked = /^[✓✔☑✅*•]+$/u;
const crossed = /^[✗✘☒❌×]+$/u;
const open = /^[-–—☐□.]+$/u;
/** *S/N*, *yes/no*: the last words of a heading that says which answers there are. */
const choice = new RegExp(
  `(?:^| )(?:${letters.map(([one, other]) => `${one} ${other}`).join('|')}|\\p{L}+ (?:${[...no].join('|')}))$`,
  'u'
);

/**
 * TA11: of whom a heading says yes or no (*Es docente*, *Profesor/a (S/N)*, *Teacher? yes/no*, *Alumno*), and whether it
 * asks so by itself. Undefined: it has a word that is none of these.
 */
export function flagOf(heading: string): { readonly of: Flag; readonly asks: boolean } | undefined {
  const words = folded(heading.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')).split(' ');
  const people = words.map((word) =>
    staff.test(word) ? 'adult' : learning.test(word) ? 'pupil' : undefined
  );
  const [of, ...others] = new Set(people.filter((one) => one !== undefined));
  if (!of || others.length > 0) return undefined;
  const beside = words.filter((_, at) => people[at] === undefined);
  if (!beside.every((word) => asking.has(word))) return undefined;
  const asks =
    /[¿?]/.test(heading) ||
    choice.test(words.join(' ')) ||
    /^(?:es|is|ist|est|e|jest|je)$/.test(words[0] ?? '');
  return { of, asks: asks && (beside.length > 0 || /[¿?]/.test(heading)) };
}

/** TA11: what each cell of a column answers; undefined: neither yes nor no. */
export function answersOf(cells: readonly string[]): (cell: string) => boolean | undefined {
  const said = new Set(cells.map(folded).filter((word) => word !== ''));
  const single = [...said].filter((word) => word.length === 1 && !/\d/.test(word));
  const pair = letters.find((both) => single.length > 1 && single.every((one) => both.includes(one)));
  const ticks = cells.some((cell) => ticked.test(cell.trim()));
  return (cell) => {
    const word = folded(cell);
    if (word === '') {
      const sign = cell.trim();
      if (crossed.test(sign)) return !ticks;
      return ticked.test(sign) ? true : open.test(sign) ? false : undefined;
    }
    if (pair?.includes(word)) return word === pair[0];
    if (word === 'n' || word === 'н') return false;
    if (/^[syjoд]$/.test(word) && single.length === 1) return true;
    return yes.has(word) ? true : no.has(word) ? false : undefined;
  };
}

/**
 * TA11: of whom a column says yes or no: its heading asks, or names them and nothing else stands in its cells.
 */
export function flagIn(heading: string, cells: readonly string[]): Flag | undefined {
  const flag = flagOf(heading);
  if (!flag) return undefined;
  const answer = answersOf(cells);
  const filled = cells.filter((cell) => cell.trim() !== '');
  const answered = filled.filter((cell) => answer(cell) !== undefined).length;
  return answered > 0 && (flag.asks || answered === filled.length) ? flag.of : undefined;
}

/**
 * TA11: what a column of yes and no says of each cell's role. Whoever is said to be an adult, or not said to be a pupil,
 * is not taken for one.
 */
export function rolesByFlag(
  flag: Flag,
  heading: string,
  cells: readonly string[]
): (cell: string) => ListedRole {
  const answer = answersOf(cells);
  return (cell) => {
    const said = answer(cell);
    const isPupil = flag === 'pupil' ? said === true : said === false || cell.trim() === '';
    const says = `${heading.replace(/:$/, '')}: ${cell.trim() || '—'}`;
    return isPupil ? { says: cell, is: 'pupil' } : { says, is: undefined };
  };
}

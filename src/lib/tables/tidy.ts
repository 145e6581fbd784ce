import { accented } from './accents-behind.ts';
import { encodedOnce } from './encoded-twice.ts';
import { unescaped } from './html.ts';

/** Words of letters only, as most cells are. */
const plain = /^[\p{Lu}\p{Ll}]+(?: [\p{Lu}\p{Ll}]+)*$/u;
/** Signs that draw nothing; the two joiners are told apart by their neighbours. */
const unseen =
  /[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff]/g;
/** Joiners that part or join nothing: not between two letters of one script that needs them (NA4). */
const looseJoiner =
  /(?<![\p{L}\p{M}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}])|(?<=[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}])[\u200c\u200d]/gu;

/**
 * TA15: a cell as it was meant, where there is one right answer: HTML entities and what was encoded twice resolved,
 * quotation marks around it, spaces without width and double ones taken away, accents and quotes that stand for an
 * apostrophe written as one and apostrophes that stand for an accent as that, hyphens of every kind as hyphens, `M.ª` as
 * the name it stands for.
 */
export function tidied(cell: string): string {
  if (plain.test(cell)) return cell.normalize('NFC');
  const whole = unescaped(encodedOnce(cell))
    .replace(unseen, '')
    .replace(looseJoiner, '')
    .normalize('NFC')
    .replace(/[，﹐،]\s*/g, ', ')
    .replace(/\p{White_Space}+/gu, ' ')
    .trim()
    .replace(/^["“”„«»‟]+|["“”„«»‟]+$/gu, '')
    .replace(/^‘(.*)’$/u, '$1');
  return accented(whole)
    .replace(/(?<=\p{L}|^)[´`‘ʼ′＇](?=\p{L})/gu, "'")
    .replace(/(?<=[\p{L}\p{M}.]) ?[\u2010-\u2014\u2212\ufe63\uff0d] ?(?=\p{L})/gu, '-')
    .replace(/(?<=[\p{L}\p{M}]) ?- ?(?=\p{L})/gu, '-')
    .replace(/(?<=^|[\s-])M(?:\.\s?ª|ª\.?|\.a(?=\s|$))\s?(?=(\p{L})|)/gu, (_, next?: string) =>
      next === undefined ? 'María' : 'María '
    )
    .replace(/^[-•·*‣▪◦–—]+ +|[,;:]+$/gu, '')
    .trim();
}

/** What lines of lists begin with: numbers and letters that count, boxes to tick, dashes and dots. */
const counts = [
  ...[
    /\d{1,3}\s?(?:[.)ºª°]|\.[ºª]|[-–—:])-?\s*/,
    /\d{1,3}\s+(?=\p{L})/u,
    /\(\d{1,3}\)\s*/,
    /#\s?\d{1,3}[.):]?\s*/
  ],
  ...[
    /n\.?\s?[ºo°]\.?\s?\d{1,3}[.):]?\s+/i,
    /\p{L}\)\s*/u,
    /\[[\sx✓✔]?\]\s*/i,
    /[-–—•·*‣▪◦●○■□▢◻☐☑☒✓✔✗✘→➔➜►▶]+\s*/u
  ]
];
const counting = new RegExp(`^\\s*(?:${counts.map(({ source }) => source).join('|')})(?=['’]?\\p{L})`, 'iu');

/** TA14: a line of a list as it was meant: without the number, box, dash or dot with which it begins. */
export function unnumbered(cell: string): string {
  return cell.replace(counting, '');
}

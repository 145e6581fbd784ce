/** Marks that HTML names with the letter they stand over: `&eacute;`. */
const marks: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  cedil: '\u0327',
  ring: '\u030a',
  caron: '\u030c',
  breve: '\u0306',
  ogon: '\u0328',
  dblac: '\u030b',
  dot: '\u0307'
};
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  ordf: 'ª',
  ordm: 'º',
  middot: '·',
  ndash: '–',
  hyphen: '-',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oslash: 'ø',
  Oslash: 'Ø',
  lstrok: 'ł',
  Lstrok: 'Ł',
  inodot: 'ı',
  shy: ''
};
const entity =
  /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w)(acute|grave|circ|uml|tilde|cedil|ring|caron|breve|ogon|dblac|dot)|(\w{2,8}));/gi;

/** TA15: a text with its HTML entities resolved, also those that were written as such twice. */
export function unescaped(text: string): string {
  return resolved(resolved(text));
}

/** The same for letters and apostrophes only: what stands between cells is left as it is. */
export function unescapedLetters(text: string): string {
  return resolved(text.replace(/&amp;(?=#?\w{2,8};)/gi, '&'), /^[\p{L}\p{M}']+$/u);
}

function resolved(text: string, only = /./su): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (all: string, ...groups: readonly (string | undefined)[]) => {
    const sign = signOf(...groups);
    return sign !== undefined && only.test(sign || ' ') ? sign : all;
  });
}

/** What an entity stands for; undefined: nothing that is known. */
function signOf(
  decimal?: string,
  hex?: string,
  letter?: string,
  mark?: string,
  name?: string
): string | undefined {
  if (letter && mark) return (letter + (marks[mark.toLowerCase()] ?? '')).normalize('NFC');
  if (name) return entities[name] ?? entities[name.toLowerCase()];
  const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

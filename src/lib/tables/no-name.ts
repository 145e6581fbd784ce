import { headingOf } from './heading.ts';
import { isGivenName } from './given-names.ts';

/** Signs that stand in titles and headings, and in no name. */
const signs = /[\d_@:/\\()[\]#?*]/;
/** Words that titles of lists begin with; what columns are called is known as a heading. */
const titles =
  /^(?:list(?:ado|a|e|ing)?|llista(?:t)?|llistat|relaci[oó]n?|clase|class(?:e|es)?|grup[oap]?|group|curso|course|i\.?e\.?s\.?|ceip|c\.?e\.?i\.?p|colegio|escuela|instituto|school|école|scuola|schule|total|fecha|date|profesor|tutor)\b/iu;

/** What lines between and under pupils begin with: classes, totals, signatures, adults. */
const between =
  /^(?:listado|lista de|relaci[oó]n de|clase|class|grup[oa]?|group|curso|total|fecha|firma|profesora?|maestr[oa]|docente|tutor(?:a|es)?|teacher|lehrer(?:in)?|enseignante?|insegnante|alumn[oa]s|alumnado|pupils|students|colegio|instituto|ceip|ies|primero|segundo|tercero|cuarto|quinto|sexto)(?![\p{L}\p{M}])/iu;
const addressed =
  /^(?:(?:Sra?|Srta|Dña|Doña|Don|Dra?|Prof|Mrs|Mr|Ms|Miss|Mme|Herr|Frau)(?!\p{L})\.?\s|D\.\s?ª?\s?(?=\p{L}+\s+\p{L}))/u;

/** TA14: says whether a line with names around it begins as one that names no pupil. */
export function beginsAsNoName(name: string): boolean {
  return between.test(name) || addressed.test(name);
}

/** A cell that counts the rows. */
const counting = /^\d+[.)]?$/;

/** So many rows tell whether given names are known in this list. */
const enough = 40;

/** TA12: says whether the first row of a list without a known header resembles no name, beside those below it. */
export function resemblesNoName(row: readonly string[], others: readonly (readonly string[])[]): boolean {
  const cells = row.filter((cell) => cell !== '' && !counting.test(cell));
  if (
    cells.some(
      (cell) => signs.test(cell) || titles.test(cell) || beginsAsNoName(cell) || /^\p{Ll}+\p{Lu}/u.test(cell)
    )
  )
    return true;
  if (cells.some((cell) => headingOf(cell) !== undefined)) return true;
  const small = (of: readonly string[]): boolean => of.every((cell) => cell === cell.toLowerCase());
  if (small(cells) && others.length > 0 && !others.some(small)) return true;
  const filled = (of: readonly string[]): number =>
    of.filter((cell) => cell !== '' && !counting.test(cell)).length;
  if (cells.length === 1 && others.length > 0 && others.every((other) => filled(other) > 1)) return true;
  if (hasGivenName(row)) return false;
  const looked = others.slice(0, enough);
  return looked.filter(hasGivenName).length * 3 > looked.length * 2;
}

function hasGivenName(row: readonly string[]): boolean {
  return row.some((cell) => cell.split(/[\s,]+/).some(isGivenName));
}

/**
 * TA10: a whole name in its two halves. A comma parts family from given name; without one the first word is the given
 * name and the rest the family name; of four words and more two are each half. What comes out is shown and can be
 * changed: no rule knows every name.
 *
 * @param familyFirst the column says so: "Apellidos y nombre"
 */
export function splitName(
  name: string,
  familyFirst = false
): { readonly given: string; readonly family: string } {
  const comma = name.indexOf(',');
  if (comma >= 0) return { given: name.slice(comma + 1).trim(), family: name.slice(0, comma).trim() };
  const words = name.split(/\p{White_Space}+/u).filter((word) => word !== '');
  if (words.length < 2) return { given: words.join(' '), family: '' };
  const join = (from: number, to?: number): string => words.slice(from, to).join(' ');
  if (familyFirst) {
    const families = words.length === 2 ? 1 : 2;
    return { given: join(families), family: join(0, families) };
  }
  const givens = words.length < 4 ? 1 : words.length - 2;
  return { given: join(0, givens), family: join(givens) };
}

import { isWhole, type Field } from './field.ts';
import type { RowAsk } from './listed-person.ts';
import { isGivenOnly, unitsOf, withParticles } from './name-units.ts';
import { isUnknown, orderOf, orderWithin, type Order } from './order.ts';
import { splitAt, splitName, type Cut, type Halves } from './split-name.ts';
import { tidied } from './tidy.ts';

/** The name in a row: in two halves as they stand there, or whole. */
export type RowName =
  | { readonly is: 'halves'; readonly first: string; readonly last: string; readonly comma: boolean }
  | { readonly is: 'whole'; readonly name: string };

/** The name that a row has in the columns of names. */
export function nameIn(
  { cells, raw }: { readonly cells: readonly string[]; readonly raw: readonly string[] },
  fields: readonly (Field | undefined)[],
  loose: boolean
): RowName {
  const cell = (field: Field): string => cells[fields.indexOf(field)] ?? '';
  const at = fields.findIndex(isWhole);
  const whole = cells[at] ?? '';
  if (whole !== '') return dashed(raw[at] ?? '') ?? parted(whole);
  const given = [cell('given'), cell('given2')].join(' ').trim();
  const family = [cell('family'), cell('family2')].join(' ').trim();
  // Both columns have all of it.
  if (given === family && given.includes(' ')) return parted(given);
  const alone = given === '' ? family : family === '' ? given : '';
  // A row with one cell among rows of two holds a whole name.
  if (loose && /[\s,]/.test(alone)) return parted(alone);
  const familyFirst = fields.indexOf('family') < fields.indexOf('given');
  const [first, last] = familyFirst ? [family, given] : [given, family];
  return { is: 'halves', first, last, comma: false };
}

/** A name with a dash between its halves; undefined where the dash belongs to one of them (`Ana Cano - Robles`). */
function dashed(cell: string): RowName | undefined {
  const [first = '', last = '', ...more] = cell.trim().split(/\s+[-–—]\s+/u);
  const halves = [first, last];
  const apart =
    more.length === 0 &&
    halves.every((half) => /^\p{L}[\p{L}\p{M}' .]*$/u.test(half)) &&
    orderWithin(first) !== 'given-first' &&
    orderWithin(last) !== 'family-first';
  return apart ? { is: 'halves', first: tidied(first), last: tidied(last), comma: false } : undefined;
}

function parted(name: string): RowName {
  const comma = name.indexOf(',');
  if (comma < 0) return { is: 'whole', name };
  const [first, last] = [name.slice(0, comma).trim(), name.slice(comma + 1).trim()];
  return { is: 'halves', first, last, comma: true };
}

/** TA13: which half stands first, as far as the row itself tells. */
export function orderSaid(name: RowName): Order | undefined {
  return name.is === 'whole' ? orderWithin(name.name) : orderOf(name.first, name.last);
}

/** The two halves of a name that stand in this order, or are told apart so. */
export function inOrder(name: RowName, order: Order | Cut): Halves {
  if (name.is === 'whole') {
    return typeof order === 'object'
      ? splitAt(name.name, order)
      : splitName(name.name, order === 'family-first');
  }
  const { first, last } = name;
  const givenFirst = (typeof order === 'object' ? order.order : order) === 'given-first';
  return withParticles(givenFirst ? { given: first, family: last } : { given: last, family: first });
}

/** TA13: names of which a third and more are one word, and all known for given names, have no family name among them. */
export function onlyGiven(names: readonly RowName[]): readonly RowName[] {
  const whole = names.flatMap((name) => (name.is === 'whole' ? [name.name] : []));
  const single = whole.filter((name) => !name.includes(' ')).length;
  const given = whole.filter((name) => !name.includes(' ') || isGivenOnly(name)).length;
  if (single * 3 < names.length || given * 3 < names.length * 2) return names;
  return names.map((name) =>
    name.is === 'whole' && isGivenOnly(name.name)
      ? { is: 'halves', first: name.name, last: '', comma: false }
      : name
  );
}

/** TA13: whether it is unknown of a name where its halves part. */
export function isUncut(name: RowName): boolean {
  return name.is === 'whole' && isUnknown(name.name);
}

/** TA13: the question which reading of a name is right, the likely one first. */
export function askOrder(name: RowName, likely: Order, over = ''): RowAsk {
  const other = likely === 'given-first' ? 'family-first' : 'given-first';
  const usual = ([likely, other] as const).map((order) => ({ ...inOrder(name, order), order }));
  if (!isUncut(name)) return { is: 'order', readings: usual, over };
  const units = name.is === 'whole' ? unitsOf(name.name).length : 0;
  const cuts = [1, 2, 3]
    .filter((givens) => givens < units)
    .flatMap((givens): Cut[] => [
      { order: likely, givens },
      { order: other, givens }
    ])
    .map((cut) => ({ ...inOrder(name, cut), ...cut }));
  const [first] = usual;
  // Where the name itself tells which half stands first, only where they part is asked.
  const told = orderSaid(name) === likely;
  const others = cuts.filter(
    ({ given, family, order }) =>
      (given !== first?.given || family !== first.family) && (!told || order === likely)
  );
  const readings = [...usual.slice(0, 1), ...others].toSorted(
    (a, b) => Number(a.order !== likely) - Number(b.order !== likely)
  );
  return { is: 'order', readings, over };
}

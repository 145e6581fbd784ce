import { swapped, type ListChoices } from './choices.ts';
import type { Columns } from './columns.ts';
import { isWhole, nameFields, type Field } from './field.ts';
import { majorityOf, type Order } from './order.ts';
import { orderSaid, type RowName } from './row-names.ts';

/** In which order the names of a list are read. */
export interface NameOrder {
  readonly of: (name: RowName) => Order;
  /** TA13: says whether a row tells another order than most, and has to be asked about. */
  readonly isDoubtful: (name: RowName) => boolean;
  /** Nothing tells which half stands first: somebody has to. */
  readonly asks: boolean;
  /** The columns as they are read. */
  readonly fields: readonly (Field | undefined)[];
}

/**
 * TA13: the order of the names in a list. What was said counts, then what headings say, then what most rows tell; without
 * any of it a comma with a space behind it has the family name before it.
 *
 * @param spaced most rows have such a comma between two cells
 */
export function orderOfNames(
  names: readonly RowName[],
  fields: readonly (Field | undefined)[],
  are: Columns['are'],
  { fields: chosen }: ListChoices,
  spaced: boolean
): NameOrder {
  const told = [...chosen.values()].some((field) => field && nameFields.has(field));
  const said = told || are !== 'open';
  const whole = fields.some(isWhole);
  const base = baseOf(fields);
  const familyFirst = fields.includes('name-family-first');
  const commas = names.filter(hasComma);
  const plain = names.filter((name) => !hasComma(name) && isTwofold(name));
  const tells = new Map(names.map((name) => [name, orderSaid(name)]));
  // Headings say it of all; but somebody may have written the names of one row the other way.
  const judged = new Set(
    are !== 'said' ? names : whole ? (familyFirst ? plain : names) : names.filter(isSlip)
  );
  const most = (of: readonly RowName[]): Order | undefined => majorityOf(of.map((name) => tells.get(name)));
  const plainSaid = most(plain);
  const plainOrder = said ? base : (plainSaid ?? (spaced ? 'family-first' : 'given-first'));
  const commaOrder = whole && (told || familyFirst) ? base : (most(commas) ?? 'family-first');
  const of = (name: RowName): Order => {
    if (hasComma(name)) return commaOrder;
    return name.is === 'whole' && !whole ? (tells.get(name) ?? plainOrder) : plainOrder;
  };
  const differs = (name: RowName): boolean => judged.has(name) && (tells.get(name) ?? of(name)) !== of(name);
  const differing = names.filter(differs).length;
  const agreeing = names.filter((name) => tells.get(name) === of(name)).length;
  const reversed = plain.filter((name) => tells.get(name) !== undefined && tells.get(name) !== base);
  // A header that most names speak against is somebody's slip.
  const against =
    are === 'said' && !told && reversed.length * 3 >= plain.length && (plainSaid ?? base) !== base;
  // Where most rows would be asked about whoever chose the columns knew better.
  const judges = (told || are !== 'guessed' || whole) && differing < Math.max(1, agreeing);
  return {
    of,
    isDoubtful: (name) => {
      const alone = name.is === 'whole' && !whole && (are === 'said' || tells.get(name) === undefined);
      return alone || (judges && differs(name));
    },
    asks: against || (are === 'open' && plain.length > 0 && plainSaid === undefined && !spaced),
    fields: shownFields(fields, commas.length > plain.length && whole ? commaOrder : plainOrder, base)
  };
}

function hasComma(name: RowName): boolean {
  return name.is === 'halves' && name.comma;
}

/** Two words that nobody has for given names before one that is known for one: somebody put the cells the other way. */
function isSlip(name: RowName): boolean {
  return (
    name.is === 'halves' && / /.test(name.first) && !/ /.test(name.last) && orderSaid(name) === 'family-first'
  );
}

/** A name of one word has no order. */
function isTwofold(name: RowName): boolean {
  return name.is === 'whole' ? /\S\s+\S/u.test(name.name) : name.first !== '' && name.last !== '';
}

/** The order that the columns have from left to right. */
function baseOf(fields: readonly (Field | undefined)[]): Order {
  const familyFirst =
    fields.includes('name-family-first') || fields.indexOf('family') < fields.indexOf('given');
  return familyFirst ? 'family-first' : 'given-first';
}

function shownFields(
  fields: readonly (Field | undefined)[],
  order: Order,
  base: Order
): readonly (Field | undefined)[] {
  if (fields.some(isWhole)) {
    return fields.map((field) =>
      isWhole(field) ? (order === 'given-first' ? 'name' : 'name-family-first') : field
    );
  }
  return order === base ? fields : fields.map(swapped);
}

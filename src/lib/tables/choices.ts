import { isWhole, nameFields, type Field } from './field.ts';
import type { Order } from './order.ts';
import type { Cut } from './split-name.ts';

/**
 * What somebody said of one row: that it is a pupil, or none; that it names several; which half of its name stands
 * first, or where they part.
 */
export type RowAnswer = 'pupil' | 'no-pupil' | 'several' | Order | Cut;

/** What somebody said of a list, beyond what stands in it. All of it counts more than what was found out. */
export interface ListChoices {
  /** What columns are of, from 0 on; undefined: not used. */
  readonly fields: ReadonlyMap<number, Field | undefined>;
  /** The columns are right as they are shown. */
  readonly agreed: boolean;
  /** By the number of the row in the table, from 0 on. */
  readonly rows: ReadonlyMap<number, RowAnswer>;
}

/** Nothing has been said yet. */
export const noChoices: ListChoices = { fields: new Map(), agreed: false, rows: new Map() };

/** What is said with the columns as they are shown, so that one that is changed leaves the others as they are seen. */
type Shown = readonly { readonly at: number; readonly field: Field | undefined }[];

/** TA12: a column is said to be of something else; another one that was this is not used any more. */
export function withField(
  before: ListChoices,
  shown: Shown,
  changed: number,
  to: Field | undefined
): ListChoices {
  const fields = shown.map(({ at, field }): [number, Field | undefined] => {
    if (at === changed) return [at, to];
    return [at, excludes(to, field) ? undefined : field];
  });
  return { ...before, fields: new Map(fields) };
}

/** TA12: given and family names are exchanged, wherever they stand. */
export function withSwap(before: ListChoices, shown: Shown): ListChoices {
  return { ...before, fields: new Map(shown.map(({ at, field }) => [at, swapped(field)])) };
}

/** Nothing is of two columns, and a whole name stands beside no half. */
function excludes(one: Field | undefined, other: Field | undefined): boolean {
  if (!one || !other || !nameFields.has(other)) return one !== undefined && one === other;
  return (
    one === other ||
    (nameFields.has(one) && isWhole(one) !== isWhole(other)) ||
    (isWhole(one) && isWhole(other))
  );
}

/** The same field with given and family names exchanged. */
export function swapped(field: Field | undefined): Field | undefined {
  switch (field) {
    case 'given':
      return 'family';
    case 'family':
      return 'given';
    case 'given2':
      return 'family2';
    case 'family2':
      return 'given2';
    case 'name':
      return 'name-family-first';
    case 'name-family-first':
      return 'name';
    default:
      return field;
  }
}

import type { Order } from './order.ts';
import type { ListedRole } from './role-of.ts';
import type { Halves } from './split-name.ts';

/**
 * What has to be said of a row before anything can be made of it: `list`: of the whole list, above it; `no-name`: whether
 * it names a pupil at all; `several`: whether it names so many; `order`: which half is the given name, with both readings
 * and whatever of the row neither of them uses.
 */
export type RowAsk =
  | { readonly is: 'list' }
  | { readonly is: 'no-name'; readonly says: string }
  | { readonly is: 'several'; readonly names: readonly string[] }
  | {
      readonly is: 'order';
      /** With `givens` where it is unknown of how many words the given name is. */
      readonly readings: readonly (Halves & { readonly order: Order; readonly givens?: number })[];
      readonly over: string;
    };

/** One person of a list, as it stands there. What the list does not say is empty. */
export interface ListedPerson {
  /** Which pupil of the list this is, from 1 on. */
  readonly line: number;
  /** The row of the table that names it, from 0 on, and which of the names in it this is. */
  readonly row: number;
  readonly part: number;
  readonly given: string;
  readonly family: string;
  readonly username: string;
  readonly password: string;
  readonly display: string;
  readonly role: ListedRole;
  readonly group: string;
  readonly ask?: RowAsk;
}

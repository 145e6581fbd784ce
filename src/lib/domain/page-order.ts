import type { PageId } from './ids.ts';
import { isOrder, pagesIn } from './pages.ts';
import type { Page } from './records.ts';
import type { SpaceState } from './state.ts';

/** The signs of order keys, in the order in which they are compared. */
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = signs.length;
/** At the ends it is counted in the first four: fourteen million pages before a key has to be longer. */
const counted = 4;

/**
 * PA2: an order key between these two, at the ends where one is left out: the same for whoever asks the same. Undefined
 * where nothing stands between them: the second is not greater, or the first with zeros behind it.
 */
export function orderBetween(before?: string, after?: string): string | undefined {
  if (after === undefined) return endFrom(before, +1) ?? middle(before ?? '', undefined);
  if (before !== undefined && before >= after) return undefined;
  return (before === undefined ? endFrom(after, -1) : undefined) ?? middle(before ?? '', after);
}

/**
 * PA2: an order key for the place before which so many of these stand, which are in order. Between two that are the same
 * there is no place: it is behind all that are.
 */
export function orderAt(orders: readonly string[], place: number): string {
  const before = orders[place - 1];
  for (const after of [...orders.slice(place), undefined]) {
    const order = orderBetween(before, after);
    if (order !== undefined && isOrder(order)) return order;
  }
  throw new Error('there is always a place at the end');
}

/** What the pages stand under that are shown at the top. */
export const top = Symbol('top');

/**
 * PA2: the pages that are not in the trash, as they are shown: under each one, and at the `top`, those that stand there
 * in their order. Where the page above is not known here, or is in the trash, a page is shown at the top.
 */
export function pagesInOrder({
  members,
  staff
}: Pick<SpaceState, 'members' | 'staff'>): ReadonlyMap<PageId | typeof top, readonly ShownPage[]> {
  const all = pagesIn({ members, staff });
  const under = new Map<PageId | typeof top, ShownPage[]>();
  for (const [id, page] of all) {
    if (page.trashed) continue;
    const above = page.parent === undefined ? undefined : all.get(page.parent);
    const place = page.parent !== undefined && above && !above.trashed ? page.parent : top;
    const beside = under.get(place);
    if (beside) beside.push({ id, page });
    else under.set(place, [{ id, page }]);
  }
  for (const beside of under.values()) beside.sort(inOrder);
  return under;
}

/** A page with its id. */
export interface ShownPage {
  readonly id: PageId;
  readonly page: Page;
}

function inOrder(one: ShownPage, other: ShownPage): number {
  return compared(one.page.order, other.page.order) || compared(one.id, other.id);
}

/** As they are, sign by sign, and not as any language sorts them. */
function compared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** The next key of four signs beyond this one; undefined where there is none. */
function endFrom(key: string | undefined, step: 1 | -1): string | undefined {
  let number = 0;
  for (let at = 0; at < counted; at++) number = number * base + Math.max(0, signs.indexOf(key?.[at] ?? '0'));
  if (key === undefined) number = Math.floor(base ** counted / 2);
  number += step;
  if (number <= 0 || number >= base ** counted) return undefined;
  let text = '';
  for (; text.length < counted; number = Math.floor(number / base)) text = signs.charAt(number % base) + text;
  return text;
}

/** The shortest key in the middle between both, read as fractions; undefined where they are the same fraction. */
function middle(before: string, after: string | undefined): string | undefined {
  let bound = after;
  let text = '';
  for (let at = 0; ; at++) {
    const low = at < before.length ? signs.indexOf(before.charAt(at)) : 0;
    const high = bound === undefined ? base : at < bound.length ? signs.indexOf(bound.charAt(at)) : 0;
    if (high - low > 1) return text + signs.charAt(Math.floor((low + high) / 2));
    if (high > low) bound = undefined;
    else if (at >= before.length && bound !== undefined && at >= bound.length) return undefined;
    text += signs.charAt(low);
  }
}

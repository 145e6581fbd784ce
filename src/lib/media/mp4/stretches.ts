import { mediaLimits } from '../limits.ts';
import { broken, Unwalkable } from '../unwalkable.ts';

/** From where to before where, in bytes of the file. */
export type Stretch = readonly [from: number, to: number];

/** Stretches of a film's data, gathered in any order. */
export class Stretches {
  #all: Stretch[] = [];

  add(from: number, to: number): void {
    if (from >= to) return;
    const last = this.#all.at(-1);
    if (last?.[1] === from) this.#all.pop();
    if (this.#all.length >= mediaLimits.stretches) throw new Unwalkable('too-much');
    this.#all.push([last?.[1] === from ? last[0] : from, to]);
  }

  /** In the order of the file, those that touch or overlap as one. */
  merged(): readonly Stretch[] {
    const merged: Stretch[] = [];
    for (const [from, to] of this.#all.toSorted((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (!last || last[1] < from) merged.push([from, to]);
      else if (last[1] < to) merged[merged.length - 1] = [last[0], to];
    }
    return merged;
  }
}

/** What of a whole is in none of the parts. Parts that reach beyond the whole's ends count as far as they are within. */
export function gaps([from, to]: Stretch, parts: readonly Stretch[]): readonly Stretch[] {
  const found: Stretch[] = [];
  let at = from;
  for (const [begin, end] of parts) {
    if (end <= at || begin >= to) continue;
    if (begin > at) found.push([at, begin]);
    at = end;
  }
  if (at < to) found.push([at, to]);
  return found;
}

/** Ends the walk where a byte is in both; both are merged. */
export function apart(some: readonly Stretch[], others: readonly Stretch[]): void {
  let next = 0;
  for (const [from, to] of some) {
    while ((others[next]?.[1] ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    if ((others[next]?.[0] ?? Number.POSITIVE_INFINITY) < to) broken();
  }
}

/** Ends the walk where one is not within one of the others; both are merged. */
export function within(some: readonly Stretch[], others: readonly Stretch[]): void {
  let next = 0;
  for (const [from, to] of some) {
    while ((others[next]?.[1] ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    const [begin, end] = others[next] ?? broken();
    if (begin > from || end < to) broken();
  }
}

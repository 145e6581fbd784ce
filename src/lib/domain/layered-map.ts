/** A top with more records than this, and than a sixteenth of the base, is merged into a new base. */
const thickest = 256;

/**
 * A map with a few records written over a large one, which stays as it was: writing one record over 10 000 costs one
 * record. Layers never stack: writing over a layered map makes a new top over the same base.
 */
export class LayeredMap<Value> implements ReadonlyMap<string, Value> {
  readonly #base: ReadonlyMap<string, Value>;
  /** null: deleted */
  readonly #top: ReadonlyMap<string, Value | null>;
  readonly size: number;

  private constructor(base: ReadonlyMap<string, Value>, top: ReadonlyMap<string, Value | null>) {
    this.#base = base;
    this.#top = top;
    let size = base.size;
    for (const [key, value] of top) size += Number(value !== null) - Number(base.has(key));
    this.size = size;
  }

  /** The map with these records written over it; null deletes. */
  static over<Value>(
    map: ReadonlyMap<string, Value>,
    records: Iterable<readonly [string, Value | null]>
  ): LayeredMap<Value> {
    const [base, top] = map instanceof LayeredMap ? [map.#base, map.#top] : [map, []];
    const over = new LayeredMap<Value>(base, new Map([...top, ...records]));
    return over.#top.size > Math.max(thickest, base.size / 16)
      ? new LayeredMap(new Map(over), new Map())
      : over;
  }

  get(key: string): Value | undefined {
    const over = this.#top.get(key);
    return over === undefined ? this.#base.get(key) : (over ?? undefined);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const [key, value] of this.#base) {
      const over = this.#top.get(key);
      if (over === undefined) yield [key, value];
      else if (over !== null) yield [key, over];
    }
    for (const [key, value] of this.#top) if (value !== null && !this.#base.has(key)) yield [key, value];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  /** Without a pair for each of thousands, as `entries` makes it. */
  *values(): MapIterator<Value> {
    for (const key of this.#base.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield value;
    }
    for (const [key, value] of this.#top) if (value !== null && !this.#base.has(key)) yield value;
  }

  forEach(each: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    this.#base.forEach((value, key) => {
      const over = this.#top.get(key);
      if (over !== null) each(over ?? value, key, this);
    });
    this.#top.forEach((value, key) => {
      if (value !== null && !this.#base.has(key)) each(value, key, this);
    });
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}

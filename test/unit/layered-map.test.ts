import { describe, expect, test } from 'vitest';
import { LayeredMap } from '#lib/domain/layered-map.ts';

const base = new Map([
  ['a', 1],
  ['b', 2],
  ['c', 3]
]);

describe('a few records over a large map', () => {
  test('[DE2] the map below stays as it was', () => {
    LayeredMap.over(base, [
      ['a', null],
      ['d', 4]
    ]);
    expect([...base]).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3]
    ]);
  });

  test('[DE2] it reads like a map into which the records were written', () => {
    const over = LayeredMap.over(base, [
      ['b', null],
      ['c', 30],
      ['d', 4],
      ['e', null]
    ]);
    expect([...over]).toEqual([
      ['a', 1],
      ['c', 30],
      ['d', 4]
    ]);
    expect([...over.keys()]).toEqual(['a', 'c', 'd']);
    expect([...over.values()]).toEqual([1, 30, 4]);
    expect(over.size).toBe(3);
    expect([over.get('a'), over.get('b'), over.get('c'), over.get('e'), over.get('x')]).toEqual([
      ...[1, undefined, 30, undefined, undefined]
    ]);
    expect([over.has('b'), over.has('d'), over.has('e')]).toEqual([false, true, false]);
    const seen: unknown[] = [];
    over.forEach((value, key, map) => seen.push([key, value, map === over]));
    expect(seen).toEqual([
      ['a', 1, true],
      ['c', 30, true],
      ['d', 4, true]
    ]);
  });

  test('[DE2] a layer over a layer leaves the first as it was', () => {
    const first = LayeredMap.over(base, [['d', 4]]);
    const second = LayeredMap.over(first, [
      ['d', null],
      ['a', 10]
    ]);
    expect([...first.keys()]).toEqual(['a', 'b', 'c', 'd']);
    expect(first.get('a')).toBe(1);
    expect([...second]).toEqual([
      ['a', 10],
      ['b', 2],
      ['c', 3]
    ]);
    expect(LayeredMap.over(second, [['d', 5]]).get('d')).toBe(5);
  });

  test('[DE2] however many are written, one by one, it reads the same as a map', () => {
    const plain = new Map<string, number>();
    let layered: ReadonlyMap<string, number> = new Map();
    for (let step = 0; step < 2_000; step++) {
      const key = String((step * 7919) % 613);
      const value = step % 5 === 0 ? null : step;
      layered = LayeredMap.over(layered, [[key, value]]);
      if (value === null) plain.delete(key);
      else plain.set(key, value);
    }
    expect(layered.size).toBe(plain.size);
    const sorted = (map: ReadonlyMap<string, number>): unknown[] =>
      [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(layered)).toEqual(sorted(plain));
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LayeredMap } from '#lib/domain/layered-map.ts';

/** What is written: few keys, so that they meet again; null deletes. */
const record = fc.tuple(fc.constantFrom(...'abcdefgh'), fc.option(fc.nat(), { freq: 3 }));
const writings = fc.array(fc.array(record, { maxLength: 6 }), { maxLength: 12 });

describe('a state with a few records written over a large one', () => {
  test('[DE2] reads like a map into which all was written', () => {
    const holds = (
      base: readonly [string, number][],
      batches: readonly (readonly [string, number | null])[][]
    ) => {
      const plain = new Map(base);
      let layered: ReadonlyMap<string, number> = new Map(base);
      for (const batch of batches) {
        for (const [key, value] of batch) {
          if (value === null) plain.delete(key);
          else plain.set(key, value);
        }
        layered = LayeredMap.over(layered, batch);
        expect(new Map(layered)).toEqual(plain);
        expect(layered.size).toBe(plain.size);
        expect(new Set(layered.keys())).toEqual(new Set(plain.keys()));
        expect([...layered.values()].sort()).toEqual([...plain.values()].sort());
        for (const key of 'abcdefgh') {
          expect(layered.get(key)).toBe(plain.get(key));
          expect(layered.has(key)).toBe(plain.has(key));
        }
        const visited = new Map<string, number>();
        layered.forEach((value, key) => visited.set(key, value));
        expect(visited).toEqual(plain);
      }
    };
    const base = fc.uniqueArray(fc.tuple(fc.constantFrom(...'abcdefgh'), fc.nat()), {
      selector: ([key]) => key
    });
    fc.assert(fc.property(base, writings, holds), { seed: 11, numRuns: 300 });
  });

  test('[DE2] leaves what it was written over as it was', () => {
    const base = new Map([['a', 1]]);
    const first = LayeredMap.over(base, [['a', 2]]);
    const second = LayeredMap.over(first, [
      ['a', null],
      ['b', 3]
    ]);
    expect([base.get('a'), first.get('a'), second.get('a')]).toEqual([1, 2, undefined]);
    expect([base.size, first.size, second.size]).toEqual([1, 1, 1]);
    expect([first.has('b'), second.has('b')]).toEqual([false, true]);
  });

  test('[DE2] reads the same when a thick layer has become a new base', () => {
    let layered: ReadonlyMap<string, number> = new Map([['start', -1]]);
    for (let index = 0; index < 1000; index++) layered = LayeredMap.over(layered, [[`key ${index}`, index]]);
    layered = LayeredMap.over(layered, [['start', null]]);
    expect(layered.size).toBe(1000);
    expect(new Map(layered).size).toBe(1000);
    expect(layered.get('key 0')).toBe(0);
    expect(layered.has('start')).toBe(false);
  });
});

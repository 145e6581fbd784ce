import { expect, test } from 'vitest';
import { Together } from '#lib/session/archive/together.ts';

/** What was handed over, part by part. */
function parts(most: number, apart: number) {
  const handed: (readonly number[])[] = [];
  const together = new Together<number>(most, async (ones) => void handed.push(ones), { apart });
  return { handed, together };
}

/** Longer than any test. */
const never = 1_000_000;

test('[FA7] the first goes at once, and what comes shortly after it goes together', async () => {
  const { handed, together } = parts(16, never);
  await together.add(1);
  await expect.poll(() => handed).toEqual([[1]]);
  for (const one of [2, 3, 4]) await together.add(one);
  expect(handed).toEqual([[1]]);
  await together.all();
  expect(handed).toEqual([[1], [2, 3, 4]]);
});

test('[FA7] who waits for all of it does not wait for more, whatever is on its way then', async () => {
  const handed: (readonly number[])[] = [];
  let arrive: () => void = () => undefined;
  const hand = (ones: readonly number[]): Promise<void> => {
    handed.push(ones);
    return ones.includes(1) ? new Promise((resolve) => (arrive = resolve)) : Promise.resolve();
  };
  const together = new Together<number>(16, hand, { apart: never });
  await together.add(1);
  await together.add(2);
  const all = together.all();
  arrive();
  await all;
  expect(handed).toEqual([[1], [2]]);
});

test('[FA7] as many as may go together do not wait for more', async () => {
  const { handed, together } = parts(2, never);
  for (const one of [1, 2, 3, 4, 5]) await together.add(one);
  await together.all();
  expect(handed.flat()).toEqual([1, 2, 3, 4, 5]);
  expect(Math.max(...handed.map((ones) => ones.length))).toBe(2);
});

test('[FA7] what was not on its way is left', async () => {
  const { handed, together } = parts(16, never);
  await together.add(1);
  await expect.poll(() => handed).toEqual([[1]]);
  await together.add(2);
  await together.leave();
  expect(handed).toEqual([[1]]);
});

test('[FA7] what handing over has thrown is told to whoever adds the next', async () => {
  const together = new Together<number>(1, () => Promise.reject(new Error('no room')));
  await expect(together.add(1)).rejects.toThrow('no room');
  await expect(together.add(2)).rejects.toThrow('no room');
});

import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lookUp } from '#lib/session/device/look-up.ts';

test('[NW9] what was looked up is told to whoever still wants it; a storage that fails meanwhile is nobody’s mistake', async () => {
  const told: string[] = [];
  const tell = (found: string): void => void told.push(found);
  lookUp(Promise.resolve('wanted'), tell);
  const end = lookUp(Promise.resolve('not any more'), tell);
  end();
  // Unhandled it would end the run.
  lookUp(Promise.reject(Object.assign(new Error('closed'), { name: 'DatabaseClosedError' })), tell);
  await setImmediate();
  expect(told).toEqual(['wanted']);
});

import { describe, expect, test } from 'vitest';
import { leave, mostFailures, waitAfter } from '#lib/store/attempts.ts';

describe('wrong passwords on a device', () => {
  test('[SE8] three are free, then the account waits, a minute at most', () => {
    const waits = Array.from({ length: 12 }, (_, failures) => waitAfter(failures));
    expect(waits).toEqual([0, 0, 0, 5, 10, 20, 40, 60, 60, 60, 60, 60]);
  });

  test('[SE8] the wait is told in whole seconds and ends with its last', () => {
    expect(leave(3, 0, false)).toEqual({ is: 'slowed', seconds: 5 });
    expect(leave(3, 4.2, false)).toEqual({ is: 'slowed', seconds: 1 });
    expect(leave(3, 5, false)).toEqual({ is: 'free' });
    expect(leave(2, 0, false)).toEqual({ is: 'free' });
  });

  test('[SE9] the tenth locks a pupil, however long ago it was, and nobody else', () => {
    expect(leave(mostFailures - 1, 60, true)).toEqual({ is: 'free' });
    expect(leave(mostFailures, 1_000_000, true)).toEqual({ is: 'locked' });
    expect(leave(mostFailures, 60, false)).toEqual({ is: 'free' });
    expect(leave(500, 59, false)).toEqual({ is: 'slowed', seconds: 1 });
  });
});

import { describe, expect, test } from 'vitest';
import { pictureNames } from '#lib/domain/pictures.ts';
import { pictureOfKey } from '#lib/ui/pictures/picture-keys.ts';
import { doubts, said, totals, type ShownTablet } from '#lib/ui/tablets/tablet.ts';

type Seen = NonNullable<ShownTablet['seen']>;
const today = '2026-11-25';
const nothing = { waiting: 0, files: 0, drafts: 0, refused: 0, app: '1' };
const safe: Seen = { lastContact: today, connected: true, status: nothing };

describe('before one leaves', () => {
  test('[LK5] a tablet is green only while it is connected and has said that nothing lies on it', () => {
    expect(doubts({ seen: safe })).toEqual([]);
    const away = { ...safe, connected: false };
    expect(doubts({ seen: away })).toEqual([{ is: 'not-seen', since: today }]);
    expect(doubts({ seen: away, here: true })).toEqual([{ is: 'no-network' }]);
    expect(doubts({})).toEqual([{ is: 'not-asked' }]);
    expect(doubts({ seen: { lastContact: today, connected: true } })).toEqual([{ is: 'silent' }]);
  });

  test('[LK5] each thing that lies on it is named with its count', () => {
    const status = { ...nothing, waiting: 3, files: 1, drafts: 2, refused: 1 };
    expect(doubts({ seen: { ...safe, status } })).toEqual([
      { is: 'waiting', count: 3 },
      { is: 'files', count: 1 },
      { is: 'drafts', count: 2 },
      { is: 'refused', count: 1 }
    ]);
  });

  test('[LK5] the sums count what is safe, what waits and what was not seen', () => {
    const waits = { seen: { ...safe, status: { ...nothing, waiting: 3, drafts: 2 } } };
    const unseen = { seen: { ...safe, connected: false, status: { ...nothing, waiting: 1 } } };
    expect(totals([{ seen: safe }, waits, unseen, {}])).toEqual({
      safe: 1,
      of: 4,
      unseen: 2,
      waiting: 6
    });
  });
});

describe('in the list', () => {
  test('[LK5] of a tablet that is not in contact stands what it said last, and of which day that was', () => {
    expect(said({ seen: safe })).toEqual({ lies: [] });
    const then = '2026-11-12';
    const away = { ...safe, lastContact: then, connected: false };
    expect(said({ seen: away })).toEqual({ on: then, lies: [] });
    const waits = { ...away, status: { ...nothing, waiting: 3, drafts: 1 } };
    expect(said({ seen: waits })).toEqual({
      on: then,
      lies: [
        { is: 'waiting', count: 3 },
        { is: 'drafts', count: 1 }
      ]
    });
    expect(said({ seen: away, here: true })).toEqual({ lies: [] });
    expect(said({})).toBeUndefined();
    expect(said({ seen: { lastContact: then, connected: false } })).toBeUndefined();
  });
});

describe('the pictures', () => {
  test('[KE11] the twelve keys of the number row choose, the number pad the first ten', () => {
    const row = [...Array.from({ length: 9 }, (_, at) => `Digit${at + 1}`), 'Digit0', 'Minus', 'Equal'];
    expect(row.map(pictureOfKey)).toEqual(pictureNames);
    expect(pictureOfKey('Numpad0')).toBe(pictureNames[9]);
    expect(pictureOfKey('KeyA')).toBeUndefined();
  });
});

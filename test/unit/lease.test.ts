import { describe, expect, test } from 'vitest';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import { held } from '#lib/store/credentials.ts';
import { today } from '#lib/store/device.ts';
import { angel, day, keyOf, rios } from '../support/cast.ts';

const credential: HeldCredential = {
  ...{ account: angel.id, username: 'angel.canorobles.2', display: 'Ángel', home: rios, key: keyOf(angel) },
  ...{ publicKey: '', scope: 'full', salt: '', cost: 10, iv: '', sealed: '' }
};

describe('how long a sealed key opens', () => {
  test('[SE4] for 30 days after the last contact', () => {
    expect(held(credential, undefined, day('2026-11-24')).lease).toBe('2026-12-24');
    const first = held(credential, undefined, day('2026-11-24'));
    expect(held(credential, first, day('2026-12-01')).lease).toBe('2026-12-31');
  });

  test('[SE4] a clock that is turned back gains nothing: the furthest day seen on the relay counts', () => {
    const clock = (text: string) => (): Date => new Date(`${text}T12:00:00`);
    expect(today({}, clock('2026-11-24'))).toBe('2026-11-24');
    expect(today({ furthest: day('2026-11-24') }, clock('2026-01-01'))).toBe('2026-11-24');
    expect(today({ furthest: day('2026-11-24') }, clock('2026-12-01'))).toBe('2026-12-01');
    expect(today({ furthest: day('2026-11-24') }, clock('0099-12-01'))).toBe('2026-11-24');
  });

  test('[SE3] an account answers to names that it was given on this device before (UN5)', () => {
    const before = { ...held(credential, undefined, day('2026-11-24')), nameKeys: ['angel.canorobles.1'] };
    expect(held(credential, before, day('2026-11-25')).nameKeys).toEqual([
      'angel.canorobles.2',
      'angel.canorobles.1'
    ]);
    expect(
      held(credential, held(credential, before, day('2026-11-25')), day('2026-11-26')).nameKeys
    ).toHaveLength(2);
  });
});

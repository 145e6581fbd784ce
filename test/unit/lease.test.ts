import { describe, expect, test } from 'vitest';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import { leaseEnds } from '#lib/session/device/lease-end.ts';
import { held } from '#lib/store/credentials.ts';
import { afterContact, onward, today, type Days } from '#lib/store/device.ts';
import { angel, day, keyOf, rios } from '../support/cast.ts';

const credential: HeldCredential = {
  account: angel.id,
  username: 'angel.canorobles.2',
  display: 'Ángel',
  home: rios,
  key: keyOf(angel),
  publicKey: '',
  scope: 'full',
  by: 'password',
  salt: '',
  cost: 10,
  iv: '',
  sealed: ''
};

const clock = (text: string) => (): Date => new Date(`${text}T12:00:00`);

/** The days as this device knows them after its clock showed these, one after the other. */
function seen(days: Days, ...clocks: readonly string[]): Days {
  return clocks.reduce((known, text) => onward(known, clock(text)) ?? known, days);
}

describe('the day that counts on a device', () => {
  test('[SE4] is that of its clock, as long as it only goes forward', () => {
    expect(today({}, clock('2026-11-24'))).toBe('2026-11-24');
    const days = seen(afterContact(day('2026-11-24'), clock('2026-11-24')), '2026-11-24', '2026-12-01');
    expect(days).toEqual({ seen: '2026-12-01', ahead: 0 });
    expect(today(days, clock('2026-12-02'))).toBe('2026-12-02');
  });

  test('[SE4] a clock that is turned back by a year gains nothing: days go on from the furthest that was seen', () => {
    const days = seen(afterContact(day('2026-11-24'), clock('2026-11-24')), '2026-12-20', '2025-12-20');
    expect(today(days, clock('2025-12-20'))).toBe('2026-12-20');
    expect(today(days, clock('2025-12-25'))).toBe('2026-12-25');
    const again = seen(days, '2025-12-25', '2000-01-01');
    expect(today(again, clock('2000-01-02'))).toBe('2026-12-26');
  });

  test('[SE4] a clock that is turned forward by a year ends the lease, until the next contact', () => {
    const forward = seen(afterContact(day('2026-11-24'), clock('2026-11-24')), '2027-11-24');
    expect(today(forward, clock('2027-11-24'))).toBe('2027-11-24');
    // Turned back without a contact it is not believed.
    expect(today(seen(forward, '2026-11-24'), clock('2026-11-24'))).toBe('2027-11-24');
    // After a contact it is known how wrong it is.
    const mended = afterContact(day('2026-11-25'), clock('2027-11-25'));
    expect(today(mended, clock('2027-11-25'))).toBe('2026-11-25');
    expect(today(mended, clock('2027-11-30'))).toBe('2026-11-30');
  });

  test('[SE4] a clock that has lost its battery counts on from the contact', () => {
    const days = afterContact(day('2026-11-24'), clock('2000-01-01'));
    expect(today(days, clock('2000-01-11'))).toBe('2026-12-04');
  });

  test('[SE4] a day of difference is another time zone, and changes nothing', () => {
    const west = afterContact(day('2026-11-24'), clock('2026-11-23'));
    expect(west).toEqual({ seen: '2026-11-24', ahead: 0 });
    expect(onward(west, clock('2026-11-23'))).toBeUndefined();
    expect(today(afterContact(day('2026-11-24'), clock('2026-11-25')), clock('2026-11-25'))).toBe(
      '2026-11-25'
    );
  });
});

describe('until when a sealed key opens', () => {
  test('[SE4] the screens say so five days before', () => {
    expect(leaseEnds(day('2026-12-24'), day('2026-12-18'))).toEqual({
      day: '2026-12-24',
      soon: false,
      over: false
    });
    expect(leaseEnds(day('2026-12-24'), day('2026-12-19')).soon).toBe(true);
    expect(leaseEnds(day('2026-12-24'), day('2026-12-24')).over).toBe(false);
    expect(leaseEnds(day('2026-12-24'), day('2026-12-25'))).toMatchObject({ soon: true, over: true });
  });

  test('[SE3] an account answers to names that it was given on this device before (UN5)', () => {
    const before = { ...held(credential, []), nameKeys: ['angel.canorobles.1'] };
    expect(held(credential, [before]).nameKeys).toEqual(['angel.canorobles.2', 'angel.canorobles.1']);
    expect(held(credential, [held(credential, [before]), before]).nameKeys).toHaveLength(2);
  });
});

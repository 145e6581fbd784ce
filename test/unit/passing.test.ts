import { describe, expect, test } from 'vitest';
import { makeTabletCode, readTabletCode } from '#lib/crypto/tablet-code.ts';
import type { DeviceId, SpaceId } from '#lib/domain/ids.ts';
import type { TabletInfo } from '#lib/protocol/tablets.ts';
import { readOffer } from '#lib/session/door/enrol-tablet.ts';
import { isOpen } from '#lib/session/door/lesson-open.ts';
import { endsMine } from '#lib/session/device/other-tabs.ts';
import { freeOf, levelOf } from '#lib/session/device/storage-level.ts';
import { tabletRows } from '#lib/session/space/tablet-rows.ts';
import { sha256 } from '#lib/crypto/encoding.ts';
import { marta, rios, mares, sessionId, today, uuid } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';

describe('sessions in two tabs', () => {
  const [mine, other] = [sessionId('mine'), sessionId('other')];

  test('[LK1] on a classroom tablet whatever another tab begins or ends, ends this one', () => {
    expect(endsMine({ is: 'began', session: other }, mine, true)).toBe(true);
    expect(endsMine({ is: 'ended', session: other }, mine, true)).toBe(true);
    expect(endsMine({ is: 'ended' }, mine, true)).toBe(true);
    expect(endsMine({ is: 'began', session: other }, undefined, true)).toBe(false);
  });

  test('[LK1] elsewhere only the end of the very same session does', () => {
    expect(endsMine({ is: 'began', session: other }, mine, false)).toBe(false);
    expect(endsMine({ is: 'ended', session: other }, mine, false)).toBe(false);
    expect(endsMine({ is: 'ended' }, mine, false)).toBe(false);
    expect(endsMine({ is: 'ended', session: mine }, mine, false)).toBe(true);
  });
});

describe('the class at the door', () => {
  const row = { space: rios, from: 1_000, until: 2_000 };

  test('[LK3] is open from its beginning to its end, in its TwinSpace', () => {
    expect(isOpen(row, rios, 1_000)).toBe(true);
    expect(isOpen(row, rios, 1_999)).toBe(true);
    expect(isOpen(row, rios, 2_000)).toBe(false);
    expect(isOpen(row, mares as SpaceId, 1_500)).toBe(false);
    expect(isOpen(row, undefined, 1_500)).toBe(false);
  });

  test('[LK3] is closed when the clock was turned to before its beginning', () => {
    expect(isOpen(row, rios, 999)).toBe(false);
  });
});

describe('the code of an offer', () => {
  test('[TB3] is eight signs that nobody mistakes, read in any spelling', async () => {
    const code = makeTabletCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(readTabletCode('oil0-1abc')).toBe('01101ABC');
    expect(readTabletCode(' k7m2 x9 qr ')).toBe('K7M2X9QR');
    expect(readTabletCode('K7M2X9Q')).toBeUndefined();
    expect(readTabletCode('K7M2-X9QU')).toBeUndefined();
    expect(await readOffer('k7m2-x9qr')).toEqual({ codeHash: await sha256('K7M2X9QR') });
  });

  test('[TB3] the QR code is its address, or the secret alone', async () => {
    const secret = 'A'.repeat(43);
    expect(await readOffer(`https://twinspace.example/tablet#${secret}`)).toEqual({ secret });
    expect(await readOffer(`  ${secret}\n`)).toEqual({ secret });
    expect(await readOffer('https://twinspace.example/tablet')).toBeUndefined();
    expect(await readOffer('')).toBeUndefined();
  });
});

describe('the list of tablets', () => {
  test('[TB4, TB7] a yes and a revocation count in view before the relay knows', () => {
    const { spaces } = riosDeEuropa();
    const state = spaces.get(rios);
    if (!state) throw new Error('the TwinSpace is there');
    const info = (name: string, stage: TabletInfo['stage']): TabletInfo => ({
      id: uuid(name) as DeviceId,
      name,
      stage,
      check: '48 13',
      lastContact: today,
      connected: true
    });
    const change = (name: string, args: object) =>
      ({ change: { name, args } }) as unknown as Parameters<typeof tabletRows>[2][number];
    const rows = tabletRows([info('T1', 'waiting'), info('T2', 'active'), info('T3', 'active')], state, [
      change('tablet.admit', { tablet: uuid('T1') }),
      change('device.revoke', { device: uuid('T2') }),
      { ...change('device.revoke', { device: uuid('T3') }), refusal: { refused: 'not-permitted' } }
    ]);
    expect(rows.map(({ admitting, leaving }) => [admitting, leaving])).toEqual([
      [true, false],
      [false, true],
      [false, false]
    ]);
    const record = { name: 'Carro 1', by: marta.id, on: today, groups: 'all', teachers: [] } as const;
    const staff = { ...state.staff, tablets: new Map([[uuid('T2'), record]]) };
    expect(tabletRows([info('T2', 'active')], { staff }, [])).toMatchObject([
      { name: 'Carro 1', groups: 'all', by: marta.id, admitting: false, leaving: false }
    ]);
  });
});

describe('room on a device', () => {
  test('[BK3] is low before it is full, whatever the size', () => {
    const giga = 1_000_000_000;
    expect(levelOf(0, 10 * giga)).toBe('fine');
    expect(levelOf(10 * giga - 40_000_000, 10 * giga)).toBe('low');
    expect(levelOf(10 * giga - 4_000_000, 10 * giga)).toBe('full');
    expect(levelOf(1_000_000, 20_000_000)).toBe('fine');
    expect(levelOf(17_000_000, 20_000_000)).toBe('low');
    expect(levelOf(20_000_000, 20_000_000)).toBe('full');
  });

  test('[BK3] is what the browser says, except where it says the same everywhere', () => {
    expect(freeOf(2_601_247, 2_601_247 + 10 * 2 ** 30)).toBeUndefined();
    expect(freeOf(0, 2 ** 30)).toBeUndefined();
    expect(freeOf(2_000_000, 60_000_000)).toBe(58_000_000);
    expect(freeOf(61_000_000, 60_000_000)).toBe(0);
    expect(freeOf(60_000_000, 60_000_000)).toBe(0);
  });
});

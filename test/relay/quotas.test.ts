import { expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { Quotas, quotas } from '#relay/gate/quotas.ts';
import { founded } from '../support/relay-founded.ts';
import { invite } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';
import { riosDeEuropa } from '../support/world.ts';
import { angel, marta } from '../support/cast.ts';

const today = '2026-11-24' as CalendarDate;
const tomorrow = '2026-11-25' as CalendarDate;

/** A change of so many bytes in all. */
const ofBytes = (bytes: number) => ({ header: 'h', payload: 'p'.repeat(bytes - 2), signature: 's' });

function counting(kept = { changes: 0, bytes: 0, refusals: 0 }): Quotas {
  const { directory } = riosDeEuropa();
  return new Quotas({ keptOn: async () => kept }, directory);
}

/** So many changes of so many bytes; how many of them were taken. */
async function takes(of: Quotas, who: AccountId, count: number, bytes: number): Promise<number> {
  let taken = 0;
  for (let turn = 0; turn < count; turn++) {
    if (await of.isFull(who, today)) break;
    of.kept(who, today, ofBytes(bytes));
    taken += 1;
  }
  return taken;
}

test('[GA18] a teacher’s two thousand waiting changes and a child’s lesson are far from it', async () => {
  const of = counting();
  expect(await takes(of, marta.id, 2_000, 4_096)).toBe(2_000);
  expect(await takes(of, angel.id, 500, 12_000)).toBe(500);
});

test('[GA18, ST7] what is full is full till the next day, in changes and in bytes, a restart or not', async () => {
  expect(await takes(counting(), angel.id, 10_000, 10)).toBe(quotas.pupil.changes);
  expect(await takes(counting(), angel.id, 10_000, 1024 * 1024)).toBe(8);
  const full = counting({ changes: quotas.adult.changes - 1, bytes: 0, refusals: 0 });
  expect(await takes(full, marta.id, 10, 10)).toBe(1);
  expect(await full.isFull(marta.id, today)).toBe(true);
});

test('[GA18] refusals are kept up to their number', async () => {
  const of = counting();
  let kept = 0;
  while (await of.takeRefusal(angel.id, today)) kept += 1;
  expect(kept).toBe(quotas.pupil.refusals);
  expect(await of.isFull(angel.id, today)).toBe(false);
  expect(await of.takeRefusal(angel.id, tomorrow)).toBe(true);
});

test('[GA20, GA2] what was refused is known for ninety days, and then judged anew', async () => {
  const world = await founded();
  const { space, clock, folder } = world;
  const luca = await invite(world);
  const change = await luca.tablet.sign(luca.person, 'space.rename', { name: 'Mares' }, { space });
  expect(await luca.tablet.send(change)).toMatchObject([{ code: 'only-administrators' }]);
  const role = { member: luca.person.account, role: 'teacher-admin' } as const;
  await world.tablet.do(world.admin, 'member.role', role, { space });
  clock.addDays(90);
  await world.relay.stop();
  const later = await testRelay({ dataDir: folder, clock });
  expect(await luca.tablet.at(later.relay.address).send(change)).toMatchObject([{ is: 'refused' }]);
  clock.addDays(1);
  await later.relay.stop();
  const last = await testRelay({ dataDir: folder, clock });
  expect(await luca.tablet.at(last.relay.address).send(change)).toMatchObject([{ is: 'accepted' }]);
});

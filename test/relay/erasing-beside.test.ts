import { expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { machineClock } from '#relay/clock.ts';
import { eraseAccount } from '#relay/erasure/erase.ts';
import { Lock } from '#relay/truth/lock.ts';
import { Truth } from '#relay/truth/truth.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { Rooms } from '#relay/ws/rooms.ts';
import { founded, guestPupil, second } from '../support/relay-founded.ts';
import { addPupil, Tablet } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

const on = '2026-12-01' as CalendarDate;

test('[ER10, ER5] the log is read beside the changes that come, and under the lock only what came since', async () => {
  const world = await founded();
  const { pupil } = await addPupil(world, 'Xanthippe', 'Quevedo');
  for (let turn = 0; turn < 5; turn++)
    await world.tablet.do(
      world.admin,
      'member.display',
      { member: pupil.account, display: `Xanthippe ${turn}` },
      { space: world.space }
    );
  await world.relay.stop();
  const storage = sqliteStorage(openDatabase(world.folder));
  const truth = new Truth(storage);
  const rooms = new Rooms(storage, truth, world.log, machineClock);
  const read: { readonly under: boolean; readonly rows: number }[] = [];
  let under = false;
  class Watched extends Lock {
    override run<Answer>(work: () => Promise<Answer> | Answer): Promise<Answer> {
      return super.run(async () => {
        under = true;
        return Promise.resolve(work()).finally(() => (under = false));
      });
    }
  }
  const after = storage.changes.after.bind(storage.changes);
  storage.changes.after = async (seq, most) => {
    const rows = await after(seq, most);
    read.push({ under, rows: rows.length });
    return rows;
  };
  await eraseAccount({ storage, truth, lock: new Watched(), rooms }, { account: pupil.account, on });
  expect(read.filter((one) => !one.under).some(({ rows }) => rows >= 7)).toBe(true);
  expect(read.filter((one) => one.under).map(({ rows }) => rows)).toEqual([0, 0]);
  const left = await after(0, 100);
  expect(left.filter(({ payload }) => payload === '')).toHaveLength(6);
  await storage.close();
});

test('[ER9] of a receipt another TwinSpace is shown its own devices, and of all others the number', async () => {
  const world = await founded();
  const mares = await second(world);
  const pupil = await guestPupil(world, mares);
  const own = new Tablet(world.relay.address);
  await own.signIn(pupil);
  const args = { account: pupil.account, typed: pupil.username };
  await mares.tablet.do(mares.admin, 'account.erase', args, { space: mares.space });
  world.clock.addDays(7);
  await world.relay.stop();
  const { relay } = await testRelay({ dataDir: world.folder, clock: world.clock });
  const at = (tablet: Tablet): Tablet => tablet.at(relay.address);
  await at(mares.tablet).ask('POST', '/api/device/erased', { accounts: [pupil.account] });
  const receipt = async (tablet: Tablet, space: string) => {
    const { body } = await at(tablet).ask<{ devices: { id: string }[]; others: unknown }>(
      'GET',
      `/api/spaces/${space}/erased/${pupil.account}`
    );
    return { ids: body.devices.map(({ id }) => id).sort(), others: body.others };
  };
  expect(await receipt(world.tablet, world.space)).toEqual({
    ids: [world.tablet.device, own.device].sort(),
    others: { devices: 1, confirmed: 1 }
  });
  expect(await receipt(mares.tablet, mares.space)).toEqual({
    ids: [mares.tablet.device, own.device].sort(),
    others: { devices: 1, confirmed: 0 }
  });
});

import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { AccountId } from '#lib/domain/ids.ts';
import { eraseAccounts } from '#lib/store/erase-accounts.ts';
import type { Database } from '#lib/store/database.ts';
import { marta, pageId, rios, zoe } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { nobodyAt, sit } from './support/seat.ts';

/** Somebody has typed here, and the tab was killed before it was signed. */
async function typed(db: Database, account: AccountId): Promise<void> {
  const row = { space: rios, page: pageId('El Ebro'), client: 7, account };
  for (const sign of [1, 2]) await db.writings.add({ ...row, update: Uint8Array.of(0, sign) });
}

test('[TB11, WR1] a browser in which somebody has typed and not signed becomes no classroom tablet before they have', async () => {
  const { db, enrolTablet } = await nobodyAt(marta, riosDeEuropa(), '/tablet');
  await typed(db, marta.id);
  expect(await enrolTablet.profile()).toMatchObject({ is: 'used', waiting: 1 });
  expect(await enrolTablet.prepare()).toMatchObject({ ok: false, problem: { code: 'unsigned-here' } });
  expect(await db.keys.count()).toBe(1);
  expect(await db.writings.count()).toBe(2);
});

test('[TB11, WR1] what nobody can sign here any more holds nothing up, and stays', async () => {
  const { db, enrolTablet } = await nobodyAt(marta, riosDeEuropa(), '/tablet');
  await typed(db, zoe.id);
  expect(await enrolTablet.profile()).toMatchObject({ is: 'used', waiting: 1 });
  expect(await enrolTablet.prepare()).toMatchObject({ ok: true });
  expect(await db.writings.count()).toBe(2);
});

test('[WR1] what others have typed here and not signed counts as waiting on the screen', async () => {
  const { db } = await sit(marta, riosDeEuropa(), '/');
  await expect.element(page.getByText(/, 1 espera/).first()).toBeVisible();
  await typed(db, zoe.id);
  await expect.element(page.getByText(/, 2 esperan/).first()).toBeVisible();
});

test('[ER7, PG11] of an erased account nothing tells any more under which clientIDs it wrote', async () => {
  const { db } = await nobodyAt(marta, riosDeEuropa(), '/login');
  const writers = [marta, zoe].map(({ id }, client) => ({ client, account: id }));
  await db.heldPages.put({ room: 'one', moved: 3, writers });
  await eraseAccounts(db, [zoe.id]);
  expect(await db.heldPages.get('one')).toEqual({
    room: 'one',
    moved: 3,
    writers: [{ client: 0, account: marta.id }]
  });
});

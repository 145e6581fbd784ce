import { expect, onTestFinished, test } from 'vitest';
import { StorageCare } from '#lib/session/device/storage-care.svelte.ts';
import { Database } from '#lib/store/database.ts';
import { holdReserve, releaseReserve } from '#lib/store/reserve.ts';

/** Bytes that are stored here, of whatever kind. */
async function used(): Promise<number> {
  return (await navigator.storage.estimate()).usage ?? 0;
}

/** Bytes: a reserve takes more, and whatever else happens to be stored meanwhile less. */
const some = 2_000_000;

test('[BK3] what was held back is free at once, though the page still knows of where it lay', async () => {
  onTestFinished(releaseReserve);
  await releaseReserve();
  const before = await used();
  expect(await holdReserve()).toBe(true);
  expect(await used()).toBeGreaterThan(before + some);
  await releaseReserve();
  expect(await used()).toBeLessThan(before + some);
  expect(await holdReserve()).toBe(true);
  expect(await used()).toBeGreaterThan(before + some);
});

test('[BK3] what was looked at is free at once, too: nobody holds on to what lies there', async () => {
  onTestFinished(releaseReserve);
  await releaseReserve();
  const before = await used();
  for (let look = 0; look < 3; look++) expect(await holdReserve()).toBe(true);
  expect(await used()).toBeGreaterThan(before + some);
  await releaseReserve();
  expect(await used()).toBeLessThan(before + some);
});

test('[BK3] a write that needs the reserve finds it free, though it was just being held', async () => {
  const db = new Database('reserve');
  const care = new StorageCare(db);
  onTestFinished(async () => {
    care.close();
    await db.delete();
    await releaseReserve();
  });
  await releaseReserve();
  await db.open();
  const before = await used();
  const looked = care.look();
  const found: number[] = [];
  await care.kept(async () => {
    found.push(await used());
    if (found.length === 1) throw new DOMException('no room', 'QuotaExceededError');
  });
  await looked;
  expect(found).toHaveLength(2);
  expect(found[1]).toBeLessThan(before + some);
});

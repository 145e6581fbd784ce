import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { FileHash, MediaId } from '#lib/domain/ids.ts';
import { Database } from '#lib/store/database.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { fileId } from '#lib/store/media-files.ts';
import { rios } from '../support/cast.ts';

let db: Database;
let live: LiveQuery<number> | undefined;
beforeEach(() => {
  db = new Database(`live ${crypto.randomUUID()}`);
});
afterEach(() => {
  live?.close();
  db.close();
});

/** One more row is written. */
async function write(): Promise<void> {
  const media = crypto.randomUUID() as string as MediaId;
  const what = { media, part: 'file', kind: 'webp', hash: 'hash' as FileHash, bytes: 1 } as const;
  const seen = '2026-11-30' as CalendarDate;
  await db.mediaFiles.put({ ...what, id: fileId(media, 'file'), space: rios, state: 'here', seen });
}

/** Counts rows, and says so; every look ends when it is let go. */
function looking(): { readonly count: () => Promise<number>; readonly looks: () => number; let: () => void } {
  let looks = 0;
  let waiting: (() => void)[] = [];
  let held = true;
  return {
    async count() {
      looks++;
      const found = await db.mediaFiles.count();
      if (held) await new Promise<void>((resolve) => waiting.push(resolve));
      return found;
    },
    looks: () => looks,
    let() {
      held = false;
      for (const resolve of waiting) resolve();
      waiting = [];
    }
  };
}

test('[OB6] what is written while a query looks is looked at together, once it has ended', async () => {
  await write();
  let looks = 0;
  let gate = Promise.resolve();
  live = new LiveQuery(async () => {
    looks++;
    const found = await db.mediaFiles.count();
    await gate;
    return found;
  }, 0);
  expect(await live.first).toBe(1);
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => (open = resolve));
  await write();
  await expect.poll(() => looks).toBe(2);
  for (let more = 0; more < 10; more++) await write();
  expect(looks).toBe(2);
  open();
  await expect.poll(() => live?.current).toBe(12);
  expect(looks).toBeLessThanOrEqual(3);
});

test('[OB6, NW9] however fast more is written, what was found is told', async () => {
  const look = looking();
  live = new LiveQuery(look.count, -1);
  await expect.poll(look.looks).toBe(1);
  await write();
  await write();
  look.let();
  // Of what was there when it looked, and then of all.
  expect(await live.first).toBe(0);
  await expect.poll(() => live?.current).toBe(2);
});

test('[OB6] whoever asks in between is not told less afterwards', async () => {
  const look = looking();
  live = new LiveQuery(look.count, -1);
  await expect.poll(look.looks).toBe(1);
  await write();
  const asked = live.refresh();
  await expect.poll(look.looks).toBe(2);
  look.let();
  await asked;
  expect(live.current).toBe(1);
  await expect.poll(look.looks).toBeGreaterThan(2);
  expect(live.current).toBe(1);
  expect(await live.first).toBe(1);
});

test('[OB6] one that rests takes a tenth of the time at most, however much is written', async () => {
  const looks: { readonly begun: number; readonly ended: number }[] = [];
  live = new LiveQuery(
    async () => {
      const begun = performance.now();
      const found = await db.mediaFiles.count();
      await new Promise((resolve) => setTimeout(resolve, 20));
      looks.push({ begun, ended: performance.now() });
      return found;
    },
    0,
    undefined,
    { rests: true }
  );
  await live.first;
  while (looks.length < 4) await write();
  for (const [at, { begun, ended }] of looks.entries()) {
    const next = looks[at + 1];
    // A timer may be a millisecond early.
    if (next) expect(next.begun - ended).toBeGreaterThan(Math.min(9 * (ended - begun), 500) - 2);
  }
});

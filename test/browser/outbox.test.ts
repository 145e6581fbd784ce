import { expect, onTestFinished, test } from 'vitest';
import type { ChangeId } from '#lib/domain/ids.ts';
import { Database, type OutboxRow } from '#lib/store/database.ts';
import { accepted } from '#lib/store/outbox.ts';
import { changesWaiting, firstWaiting, lastWaiting, waitingCount } from '#lib/store/waiting.ts';
import { marta } from '../support/cast.ts';
import { outboxRow } from '../support/outbox-row.ts';
import { riosDeEuropa } from '../support/world.ts';

/** A device on which as many changes lie as there are states, in this order. */
async function lying(states: readonly OutboxRow['state'][]): Promise<Database> {
  const db = new Database(`outbox ${crypto.randomUUID()}`);
  onTestFinished(() => db.delete());
  const change = riosDeEuropa().change(marta, 'member.profile', { member: marta.id, text: 'Hola' });
  const row = outboxRow(1, change);
  await db.outbox.bulkAdd(
    states.map((state, at) => ({ ...row, seq: at + 1, id: crypto.randomUUID() as string as ChangeId, state }))
  );
  return db;
}

const waiting = { is: 'waiting' } as const;
const retry = { is: 'retry', code: 'busy' } as const;
const here = { is: 'accepted', version: 3 } as const;

test('[OB2, OB6] what waits is found in the order in which it was made, whatever was said of it', async () => {
  const db = await lying([here, retry, waiting, here, waiting, retry, here]);
  expect(await waitingCount(db)).toBe(4);
  expect(await changesWaiting(db)).toBe(4);
  expect(await lastWaiting(db)).toBe(6);
  expect((await firstWaiting(db, 10)).map(({ seq }) => seq)).toEqual([2, 3, 5, 6]);
  expect((await firstWaiting(db, 3)).map(({ seq }) => seq)).toEqual([2, 3, 5]);
  expect((await accepted(db)).map(({ seq }) => seq)).toEqual([1, 4, 7]);
});

test('[OB6] where nothing waits nothing is found', async () => {
  const db = await lying([here]);
  expect(await changesWaiting(db)).toBe(0);
  expect(await lastWaiting(db)).toBeUndefined();
  expect(await firstWaiting(db, 10)).toEqual([]);
});

test('[OB6] what waits is found without a look at every row, however many lie there', async () => {
  const db = await lying(Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? waiting : here)));
  let looks = 0;
  const { prototype } = IDBCursor;
  const own = Object.getOwnPropertyDescriptor(prototype, 'continue');
  if (!own) throw new Error('a cursor that does not go on');
  Object.defineProperty(prototype, 'continue', {
    ...own,
    value(this: IDBCursor, ...key: []) {
      looks += 1;
      (own.value as (...key: []) => void).apply(this, key);
    }
  });
  onTestFinished(() => void Object.defineProperty(prototype, 'continue', own));
  expect(await waitingCount(db)).toBe(150);
  expect(await lastWaiting(db)).toBe(299);
  expect(await firstWaiting(db, 64)).toHaveLength(64);
  expect(await accepted(db)).toHaveLength(150);
  expect(looks).toBeLessThan(5);
});

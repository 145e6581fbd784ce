import { expect, onTestFinished, test } from 'vitest';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { Room } from '#lib/protocol/rooms.ts';
import { Ahead } from '#relay/truth/ahead.ts';
import { Lock } from '#relay/truth/lock.ts';
import { Truth } from '#relay/truth/truth.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { buildOutgrownAnew } from '#relay/ws/build-anew.ts';
import { freshId } from '../support/relay-tablet.ts';
import { tempFolder } from '../support/relay.ts';

/** Characters of one record. */
const long = 20_000;

test('[ST11] updates are put together by bytes, and seldom where the document is large', async () => {
  const storage = sqliteStorage(openDatabase(tempFolder()));
  onTestFinished(() => storage.close());
  const truth = new Truth(storage);
  const space = freshId<SpaceId>();
  /** How many updates are stored after each record that is written. */
  const write = async (keys: readonly number[], letter: string): Promise<readonly number[]> => {
    const stored: number[] = [];
    for (const key of keys) {
      const value = { display: letter.repeat(long), role: 'pupil', status: { is: 'active' } } as const;
      const put: SpacePut = { doc: 'members', map: 'members', key: String(key), value, space };
      const ahead = new Ahead(truth, await truth.directory());
      await ahead.state(space, storage.documents);
      ahead.put([space], [put]);
      await storage.documents.append(ahead.write());
      ahead.apply();
      await truth.compact(space);
      stored.push((await storage.documents.load(space, 'members'))?.updates.length ?? 0);
    }
    return stored;
  };
  const few = await write([0, 1, 2, 3], 'a');
  expect(few).toEqual([1, 2, 3, 4]);
  const more = await write(
    Array.from({ length: 40 }, (_, at) => at),
    'b'
  );
  // 256 KiB are fourteen records; then the document is larger than that, and it takes as much again.
  const together = more.flatMap((count, at) => (count === 1 ? [at] : []));
  expect(together.length).toBeGreaterThanOrEqual(1);
  expect(together.length).toBeLessThanOrEqual(3);
  expect(Math.max(...more)).toBeLessThanOrEqual(44);
  const loaded = await new Truth(storage).space(space);
  expect(loaded?.state.members.members.size).toBe(40);
  expect(loaded?.state.members.members.get('3')?.display).toBe('b'.repeat(long));
});

test('[RM9] a relay that is not stopped builds anew what has grown out of all proportion', async () => {
  const storage = sqliteStorage(openDatabase(tempFolder()));
  onTestFinished(() => storage.close());
  const [space, account] = [freshId<SpaceId>(), freshId<AccountId>()];
  await storage.directory.put([{ doc: 'directory', map: 'spaces', key: account, value: [space] }]);
  const truth = new Truth(storage);
  const closed: unknown[] = [];
  const around = { lock: new Lock(), truth, rooms: { closeOld: (room: Room) => closed.push(room) } };
  const display = (turn: number): string => `Ana ${turn}`;
  /** The same two records by turns: no two neighbours can be put together. */
  const write = async (turn: number): Promise<void> => {
    const value = { display: display(turn), role: 'pupil', status: { is: 'active' } } as const;
    const ahead = new Ahead(truth, await truth.directory());
    await ahead.state(space, storage.documents);
    ahead.put([space], [{ doc: 'members', map: 'members', key: account, value, space }]);
    const updates = ahead.write();
    if (turn === 0) await storage.documents.append(updates);
    ahead.apply();
  };
  await write(0);
  await buildOutgrownAnew(around);
  expect(closed).toEqual([]);

  const turns = 40_000;
  for (let turn = 1; turn <= turns; turn++) await write(turn);
  const before = await truth.space(space);
  expect(before?.members.served.size).toBeGreaterThan(256 * 1024);
  await buildOutgrownAnew(around);
  expect(closed).toEqual([expect.objectContaining({ space, document: 'members', generation: 2 })]);
  const after = await truth.space(space);
  expect(after?.members.served.size).toBeLessThan(1_000);
  expect(after?.state.members.members.get(account)?.display).toBe(display(turns));
  expect(after?.version).toBe(turns + 1);
});

import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { syncFrame, type RelayFollower } from '../support/relay-follower.ts';
import { found, type Founded } from '../support/relay-tablet.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';

const on = '2026-11-24' as CalendarDate;

async function founded(): Promise<TestRelay & Founded & { room: string }> {
  const test = await testRelay();
  const world = await found(test.relay.address, test.setUp);
  return { ...test, ...world, room: `members/${world.space}@1` };
}

/** The relay still judges and tells. */
async function expectAlive({ tablet, admin, space, room }: Founded & { room: string }): Promise<void> {
  const verdict = await tablet.do(admin, 'access.record', { on }, { space });
  expect(verdict.is).toBe('accepted');
  const follower = await tablet.follow(room).synced();
  expect(follower.version).toBe('version' in verdict ? verdict.version : undefined);
}

const step1 = syncFrame((encoder) => sync.writeSyncStep1(encoder, new Y.Doc()));

/** An update frame that would remove everything, as a client of that document could write it. */
function destroying(follower: RelayFollower): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(follower.doc));
  const before = Y.encodeStateVector(doc);
  for (const key of [...doc.getMap('members').keys()]) doc.getMap('members').delete(key);
  return syncFrame((encoder) => sync.writeUpdate(encoder, Y.encodeStateAsUpdate(doc, before)));
}

describe('hostile frames', () => {
  test.each<[string, Uint8Array | string, number]>([
    ['text', 'hello', 1003],
    ['an empty one', new Uint8Array(), 1007],
    ['a truncated sync message', Uint8Array.of(0), 1007],
    ['a truncated step 1', Uint8Array.of(0, 0, 9, 1), 1007],
    ['a state vector that promises more than comes', Uint8Array.of(0, 0, 2, 200, 1), 1007],
    ['a length of 2^53', Uint8Array.of(0, 2, 255, 255, 255, 255, 255, 255, 255, 15), 1007],
    ['a number without end', new Uint8Array(64).fill(255), 1007],
    ['an unknown type', Uint8Array.of(77, 1), 1007],
    ['an unknown sync type', Uint8Array.of(0, 9, 0), 1007],
    ['something behind the end', Uint8Array.of(...step1, 1), 1007],
    ['awareness without content', Uint8Array.of(1), 1007]
  ])('[RM10] %s closes that connection with a code, and the relay goes on', async (_what, frame, code) => {
    const world = await founded();
    const follower = await world.tablet.follow(world.room).opened();
    follower.send(frame);
    expect(await follower.closed).toBe(code);
    await expectAlive(world);
  });

  test('[RM10] a frame larger than 64 KiB closes that connection, and the relay goes on', async () => {
    const world = await founded();
    const follower = await world.tablet.follow(world.room).opened();
    follower.send(new Uint8Array(64 * 1024 + 1));
    expect(await follower.closed).toBe(1009);
    await expectAlive(world);
  });

  test('[RM10] bytes that are no WebSocket frame at all close that connection, and the relay goes on', async () => {
    const world = await founded();
    const follower = await world.tablet.follow(world.room).opened();
    const raw = (follower.socket as unknown as { _socket: { write(bytes: Uint8Array): void } })._socket;
    raw.write(new Uint8Array(64).fill(0xff));
    await follower.closed;
    await expectAlive(world);
  });

  test('[RM17] whoever asks a socket over and over is given the document once', async () => {
    const world = await founded();
    const follower = await world.tablet.follow(world.room).synced();
    const answers: number[] = [];
    follower.socket.on('message', (data: Buffer) => {
      if (data[0] === 0 && data[1] === 1) answers.push(data.length);
    });
    for (let count = 0; count < 20; count++) {
      const before = answers.length;
      follower.send(step1);
      await expect.poll(() => answers.length).toBe(before + 1);
    }
    expect(new Set(answers)).toEqual(new Set([5]));
    const verdict = await world.tablet.do(world.admin, 'access.record', { on }, { space: world.space });
    await follower.until(() => 'version' in verdict && follower.version === verdict.version);
  });

  test('[RM3] a step 2 or update that would remove everybody removes nobody', async () => {
    const world = await founded();
    const attacker = await world.tablet.follow(world.room).synced();
    attacker.send(destroying(attacker));
    attacker.send(syncFrame((encoder) => sync.writeSyncStep2(encoder, attacker.doc)));
    await attacker.synced();
    expect(world.relay.ignoredFrames).toBe(2);
    const other = await world.tablet.follow(world.room).synced();
    expect(other.get('members', world.admin.account)).toMatchObject({ role: 'teacher-admin' });
    await expectAlive(world);
  });
});

describe('floods', () => {
  const update = syncFrame((encoder) => sync.writeUpdate(encoder, new Uint8Array([0, 0])));
  const large = syncFrame((encoder) => sync.writeUpdate(encoder, new Uint8Array(60 * 1024)));

  test.each<[string, Uint8Array, number]>([
    ['updates', update, 201],
    ['large updates', large, 69],
    ['step 1', step1, 51],
    ['presence', Uint8Array.of(1, 1, 0), 1001]
  ])('[RM5] a flood of %s is cut off with a code, one less is not', async (_what, frame, tooMany) => {
    const world = await founded();
    const follower = await world.tablet.follow(world.room).opened();
    for (let count = 1; count < tooMany; count++) follower.send(frame);
    const open = follower.socket;
    // Still there: the relay answers.
    await new Promise<void>((done) => {
      open.once('pong', () => done());
      open.ping();
    });
    follower.send(frame);
    expect(await follower.closed).toBe(4529);
    await expectAlive(world);
  });

  test('[RM5] what comes slowly is no flood', async () => {
    const world = await founded();
    const follower = await world.tablet.follow(world.room).synced();
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 150; count++) follower.send(update);
      await follower.synced();
      world.clock.addSeconds(10);
    }
    await follower.synced();
  });

  test('[RM6] a follower that does not read what it asked for is given it once, and cut off', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { tablet, admin, space, relay } = await withLargeDocument(4 * 1024 * 1024);
    const deaf = await tablet.follow(`members/${space}@1`).opened();
    const other = await tablet.follow(`members/${space}@1`).synced();
    deaf.socket.pause();
    for (let count = 0; count < 50; count++) deaf.send(step1);
    const verdict = await tablet.do(admin, 'access.record', { on }, { space });
    await other.until(() => other.version === ('version' in verdict ? verdict.version : 0));
    expect((await relay.load()).heldBytes).toBeLessThan(64 * 1024);
    for (let beat = 1; beat <= 3; beat++) {
      const pinged = once(other.socket, 'ping');
      await other.synced();
      vi.advanceTimersByTime(20_000);
      await pinged;
      await other.synced();
    }
    deaf.socket.resume();
    expect(await deaf.closed).toBe(1006);
  });
});

/** A relay whose members document has so many bytes more, and what is around it. */
async function withLargeDocument(bytes: number): Promise<TestRelay & Founded> {
  const first = await testRelay();
  const { tablet, admin, space, signed } = await found(first.relay.address, first.setUp);
  const { doc } = await tablet.follow(`members/${space}@1`).synced();
  await first.relay.stop();
  doc.getMap('settings').set('filler', 'x'.repeat(bytes));
  const storage = sqliteStorage(openDatabase(first.folder));
  await storage.documents.compact(space, 'members', Y.encodeStateAsUpdate(doc));
  await storage.close();
  const second = await testRelay({ dataDir: first.folder });
  return { ...second, tablet: tablet.at(second.relay.address), admin, space, signed };
}

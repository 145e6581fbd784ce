import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { CommitPoint } from '#relay/gate/commit-point.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { addPupil, found, newcomer } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

const on = '2026-11-24' as CalendarDate;

describe('a failure on the way', () => {
  test.each<CommitPoint>(['before-commit', 'after-commit', 'after-apply', 'after-broadcast'])(
    '[GA11] %s: the change is done once, and every follower agrees with the storage',
    async (point) => {
      let fails = false;
      const { relay, setUp, log } = await testRelay({
        onPoint: (at) => {
          if (fails && at === point) throw new Error(`failing ${at}`);
        }
      });
      const world = await found(relay.address, setUp);
      const { tablet, admin, space } = world;
      const before = await tablet.follow(`members/${space}@1`).synced();
      const pupil = await newcomer('Angel', 'CanoRobles');
      const args = { account: pupil.newAccount, role: 'pupil' } as const;
      const signed = await tablet.sign(admin, 'pupil.add', args, { space }, pupil.credential);

      fails = true;
      expect(await tablet.send(signed)).toMatchObject([{ is: 'retry', code: 'busy' }]);
      expect(log.lines).toHaveLength(1);
      if (point !== 'before-commit') expect(await before.closed).toBe(4503);
      fails = false;

      const [verdict] = await tablet.send(signed);
      expect(verdict).toMatchObject({ is: 'accepted', version: 2, notes: [] });
      expect(await tablet.send(signed)).toEqual([verdict]);
      const follower =
        point === 'before-commit' ? before : await tablet.follow(`members/${space}@1`).synced();
      await follower.until(() => follower.version === 2);
      expect(follower.get('members', pupil.account)).toBeDefined();
      // The next of that name gets the next number: the first one stands in the directory once.
      const { verdict: next } = await addPupil(world, 'Angel', 'CanoRobles');
      expect(next).toMatchObject({ is: 'accepted', version: 3, notes: [{ to: 'angel.canorobles.2' }] });
    }
  );

  test('[GA10] nobody is told of a change that was not stored', async () => {
    let fails = false;
    const { relay, setUp } = await testRelay({
      onPoint: (at) => {
        if (fails && at === 'before-commit') throw new Error('failing');
      }
    });
    const { tablet, admin, space } = await found(relay.address, setUp);
    const follower = await tablet.follow(`staff/${space}@1`).synced();
    fails = true;
    await tablet.do(admin, 'access.record', { on }, { space });
    fails = false;
    await tablet.do(
      admin,
      'account.rename',
      { account: admin.account, given: 'Marta', family: 'Lagos', school: '' },
      { space }
    );
    await follower.until(() => follower.version === 2);
    expect(follower.get('access', admin.account)).toBeUndefined();
    const fresh = await tablet.follow(`staff/${space}@1`).synced();
    expect(fresh.records).toEqual(follower.records);
  });

  test('[GA11] a relay that is started again on the folder knows every change and every verdict', async () => {
    const first = await testRelay();
    const world = await found(first.relay.address, first.setUp);
    const { pupil, verdict, signed } = await addPupil(world, 'Angel', 'CanoRobles');
    const refused = await world.tablet.sign(pupil, 'member.remove', { member: pupil.account }, world);
    const [no] = await world.tablet.send(refused);
    const before = await world.tablet.follow(`members/${world.space}@1`).synced();
    await first.relay.stop();

    const second = await testRelay({ dataDir: first.folder });

    const tablet = world.tablet.at(second.relay.address);
    expect(second.relay.setUpLink).toBeUndefined();
    expect(await tablet.send(signed, refused)).toEqual([verdict, no]);
    const after = await tablet.follow(`members/${world.space}@1`).synced();
    expect(after.records).toEqual(before.records);
  });
});

describe('a full disk', () => {
  test('[GA15] what does not fit is asked for again, what was acknowledged stays, and with space it goes on', async () => {
    let fill: (full: boolean) => void = () => undefined;
    const { relay, setUp } = await testRelay({
      open: (folder) => {
        const database = openDatabase(folder);
        fill = (full) => {
          const row = database.prepare('PRAGMA page_count').get();
          database.exec(`PRAGMA max_page_count = ${full ? Number(row?.['page_count']) : 1_000_000}`);
        };
        return sqliteStorage(database);
      }
    });
    const world = await found(relay.address, setUp);
    const { tablet, space } = world;
    const follower = await tablet.follow(`members/${space}@1`).synced();
    fill(true);
    const accepted: string[] = [];
    let waiting: Awaited<ReturnType<typeof addPupil>> | undefined;
    while (!waiting) {
      const added = await addPupil(world, 'Angel', 'CanoRobles');
      if (added.verdict.is === 'accepted') accepted.push(added.pupil.account);
      else waiting = added;
    }
    expect(waiting.verdict).toMatchObject({ is: 'retry', code: 'busy' });
    expect((await tablet.report()).status).toBe(200);
    expect(await tablet.send(waiting.signed)).toMatchObject([{ is: 'retry', code: 'busy' }]);

    fill(false);
    expect(await tablet.send(waiting.signed)).toMatchObject([
      { is: 'accepted', version: accepted.length + 2 }
    ]);
    await follower.until(() => follower.version === accepted.length + 2);
    for (const account of [...accepted, waiting.pupil.account]) {
      expect(follower.get('members', account)).toBeDefined();
    }
    const fresh = await tablet.follow(`members/${space}@1`).synced();
    expect(fresh.records).toEqual(follower.records);
  });
});

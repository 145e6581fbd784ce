import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { CommitPoint } from '#relay/gate/commit-point.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { found, freshId, newcomer, type Founded, type Newcomer } from '../support/relay-tablet.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';

const on = '2026-11-24' as CalendarDate;

/** What one change comes to, so that it fails: the storage says no to it and to nothing else. */
interface Fails {
  change?: string;
}

/** A relay that counts its commits, and holds one back or fails at one change when it is told to. */
async function watched(): Promise<
  TestRelay & Founded & { commits: () => number; hold: () => () => void; fails: Fails }
> {
  const fails: Fails = {};
  let commits = 0;
  let held: Promise<void> | undefined;
  const test = await testRelay({
    open: (folder) => {
      const storage = sqliteStorage(openDatabase(folder));
      const together: Storage['together'] = async (work) => {
        const answer = await storage.together(async (within) => {
          const { accept } = within.changes;
          const changes = {
            ...within.changes,
            accept: async (write: Parameters<typeof accept>[0]) => {
              if (write.change.header === fails.change) throw new Error('failing');
              return accept(write);
            }
          };
          return work({ ...within, changes });
        });
        commits += 1;
        await held;
        return answer;
      };
      return { ...storage, together };
    }
  });
  const hold = (): (() => void) => {
    let release: () => void = () => undefined;
    held = new Promise((done) => (release = done));
    return () => {
      held = undefined;
      release();
    };
  };
  const world = await found(test.relay.address, test.setUp);
  return { ...test, ...world, commits: () => commits, hold, fails };
}

/** Signed changes that each add a pupil of this name, and the pupils. */
async function adding(
  { tablet, admin, space }: Founded,
  count: number
): Promise<{ readonly pupils: readonly Newcomer[]; readonly changes: readonly SignedChange[] }> {
  const pupils = await Promise.all(
    Array.from({ length: count }, () => newcomer('Angel', 'CanoRobles', { password: 'trucha7rana2' }))
  );
  const changes = await Promise.all(
    pupils.map((pupil) =>
      tablet.sign(
        admin,
        'pupil.add',
        { account: pupil.newAccount, role: 'pupil' },
        { space },
        pupil.credential
      )
    )
  );
  return { pupils, changes };
}

describe('changes that come together', () => {
  test('[GA21, GA10] a request is stored at once, and followers are told once', async () => {
    const world = await watched();
    const { tablet, space, commits } = world;
    const members = await tablet.follow(`members/${space}@1`).synced();
    const { pupils, changes } = await adding(world, 20);
    const [before, frames] = [commits(), members.frames.length];
    const verdicts = await tablet.send(...changes);
    expect(verdicts).toMatchObject(changes.map((_, at) => ({ is: 'accepted', version: at + 2 })));
    await members.until(() => members.version === 21);
    expect([commits() - before, members.frames.length - frames]).toEqual([1, 1]);
    for (const { account } of pupils) expect(members.get('members', account)).toBeDefined();
  });

  test('[GA21] each is judged on what those before it have come to: names, keys, rights, who is let in', async () => {
    const world = await watched();
    const { tablet, admin, space, commits } = world;
    const { pupils, changes } = await adding(world, 2);
    const [first, second] = pupils as [Newcomer, Newcomer];
    const sign = tablet.sign.bind(tablet);
    const before = commits();
    const verdicts = await tablet.send(
      ...changes,
      // Signed with the key that the first of them brings.
      await sign(first, 'access.record', { on }, { space }),
      await sign(admin, 'member.remove', { member: first.account }, { space }),
      await sign(first, 'access.record', { on }, { space }),
      await sign(admin, 'member.restore', { member: first.account }, { space }),
      await sign(admin, 'member.remove', { member: freshId<AccountId>() }, { space }),
      await sign(second, 'access.record', { on }, { space })
    );
    expect(verdicts).toMatchObject([
      { is: 'accepted', version: 2, notes: [] },
      { is: 'accepted', version: 3, notes: [{ to: 'angel.canorobles.2' }] },
      { is: 'accepted', version: 4 },
      { is: 'accepted', version: 5 },
      { is: 'refused', code: 'not-a-member' },
      { is: 'accepted', version: 6 },
      { is: 'refused' },
      { is: 'accepted', version: 7 }
    ]);
    expect(commits() - before).toBe(1);
    const { body } = await tablet.report();
    for (const { account } of pupils) expect(body.accounts).toContain(account);
  });

  test('[GA21, GA2] one and the same change twice in one request is done once', async () => {
    const world = await watched();
    const { tablet, admin, space } = world;
    const [change] = (await adding(world, 1)).changes as [SignedChange];
    const no = await tablet.sign(admin, 'member.remove', { member: freshId<AccountId>() }, { space });
    const [yes, again, refused, too] = await tablet.send(change, change, no, no);
    expect(yes).toMatchObject({ is: 'accepted', version: 2 });
    expect(refused).toMatchObject({ is: 'refused' });
    expect([again, too]).toEqual([yes, refused]);
  });

  test('[GA21] what comes while one is being stored is the next group; one that comes alone waits for nobody', async () => {
    const world = await watched();
    const { tablet, admin, space, commits, hold } = world;
    const { changes } = await adding(world, 6);
    const before = commits();
    const release = hold();
    const alone = tablet.do(admin, 'access.record', { on }, { space });
    // It is stored although nothing else has come.
    await expect.poll(commits).toBe(before + 1);
    const others = changes.map((change) => tablet.send(change));
    // They have been looked at, and wait, once the relay has answered whatever came after them.
    await expect.poll(() => world.relay.waitingChanges).toBe(6);
    release();
    expect(await alone).toMatchObject({ is: 'accepted', version: 2 });
    for (const [verdict] of await Promise.all(others)) expect(verdict).toMatchObject({ is: 'accepted' });
    expect(commits() - before).toBe(2);
  });

  test('[GA21, GA11] one that fails is told so, and all others of its group are done', async () => {
    const world = await watched();
    const { tablet, space, fails, log } = world;
    const members = await tablet.follow(`members/${space}@1`).synced();
    const { pupils, changes } = await adding(world, 3);
    fails.change = changes[1]?.header ?? '';
    expect(await tablet.send(...changes)).toMatchObject([
      { is: 'accepted', version: 2 },
      { is: 'retry', code: 'busy' },
      { is: 'accepted', version: 3, notes: [{ to: 'angel.canorobles.2' }] }
    ]);
    expect(log.lines).toHaveLength(1);
    delete fails.change;
    expect(await tablet.send(...changes)).toMatchObject([
      { is: 'accepted', version: 2 },
      { is: 'accepted', version: 4 },
      { is: 'accepted', version: 3 }
    ]);
    await members.until(() => members.version === 4);
    for (const { account } of pupils) expect(members.get('members', account)).toBeDefined();
    const { body } = await tablet.report();
    expect(body.accounts).toEqual(expect.arrayContaining(pupils.map(({ account }) => account)));
  });
});

test.each<CommitPoint>(['judged', 'before-commit', 'after-commit', 'after-apply', 'after-broadcast'])(
  '[GA11, GA21] a relay that ends at %s, within a group, has done each change once or not at all',
  async (point) => {
    let ends = Number.POSITIVE_INFINITY;
    const first = await testRelay({
      onPoint: (at) => {
        // The second of the group is judged, or the group as a whole has come so far; from then on nothing works.
        if (at === point && --ends <= 0) throw new Error(`ending ${at}`);
      }
    });
    const world = await found(first.relay.address, first.setUp);
    const { changes, pupils } = await adding(world, 3);
    ends = point === 'judged' ? 2 : 1;
    const verdicts = await world.tablet.send(...changes);
    expect(verdicts.map(({ is }) => is)).toEqual(['retry', 'retry', 'retry']);
    await first.relay.stop();

    const second = await testRelay({ dataDir: first.folder });
    const tablet = world.tablet.at(second.relay.address);
    const done = changes.map((_, at) => ({ is: 'accepted', version: at + 2 }));
    expect(await tablet.send(...changes)).toMatchObject(done);
    expect(await tablet.send(...changes)).toMatchObject(done);
    const members = await tablet.follow(`members/${world.space}@1`).synced();
    expect(members.version).toBe(4);
    for (const { account } of pupils) expect(members.get('members', account)).toBeDefined();
  }
);

import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { Tombstones } from '#relay/erasure/tombstones.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { addPupil, found, freshId, invite, newcomer, Tablet } from '../support/relay-tablet.ts';
import type { Newcomer } from '../support/relay-tablet.ts';
import { tempFolder, testRelay } from '../support/relay.ts';

const on = '2026-12-01' as CalendarDate;

/** "Ríos" with a pupil whose names stand nowhere else, and "Mares", founded by somebody else. */
async function twoSpaces() {
  const test = await testRelay();
  const rios = await found(test.relay.address, test.setUp);
  const { pupil } = await addPupil(rios, 'Xanthippe', 'Quevedo');
  const secret = (await test.relay.makeFoundingLink()).path.split('#')[1] ?? '';
  const admin = await newcomer('Oksana', 'More');
  const mares = await found(test.relay.address, secret, { name: 'Mares', admin });
  return { ...test, rios, mares, pupil };
}

async function must<Name extends CommandName>(
  tablet: Tablet,
  who: Newcomer,
  name: Name,
  args: CommandArgs[Name],
  space: SpaceId
): Promise<void> {
  expect(await tablet.do(who, name, args, { space })).toMatchObject({ is: 'accepted' });
}

/** Every byte that the relay keeps. */
function bytesIn(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

describe('what was written elsewhere about somebody', () => {
  test('[ER5] a request that the home refused leaves no name of the pupil behind', async () => {
    const { relay, rios, mares, pupil, clock, folder } = await twoSpaces();
    const asks = { account: pupil.account, role: 'pupil', display: 'Xanthippe Q.' } as const;
    await must(mares.tablet, mares.admin, 'pupil.add-existing', asks, mares.space);
    const no = { account: pupil.account, space: mares.space, allow: false };
    await must(rios.tablet, rios.admin, 'joining.answer', no, rios.space);
    const erase = { account: pupil.account, typed: pupil.username };
    await must(rios.tablet, rios.admin, 'account.erase', erase, rios.space);
    clock.addDays(7);
    await relay.stop();
    const again = await testRelay({ dataDir: folder, clock });
    const left = bytesIn(folder);
    for (const name of ['Xanthippe', 'xanthippe', 'Quevedo'])
      expect([name, left.includes(name)]).toEqual([name, false]);
    const { body } = await mares.tablet.at(again.relay.address).report();
    expect(body.erased).toEqual([pupil.account]);
  });

  test('[ER5] of an adult who is erased no name is left with those who were asked, or asked for', async () => {
    const { relay, rios, mares, pupil, clock, folder } = await twoSpaces();
    // Zelda asks for Marta's pupil: her name stands at the pupil's home, where she never was.
    const zelda = await invite(mares, 'teacher', { given: 'Zelda', family: 'Quantz' });
    const asks = { account: pupil.account, role: 'pupil', display: 'X.' } as const;
    await must(zelda.tablet, zelda.person, 'pupil.add-existing', asks, mares.space);
    // Zenobia's pupil is asked for: her name stands where the pupil waits.
    const zenobia = await invite(rios, 'teacher', { given: 'Zenobia', family: 'Quixote' });
    const hers = { tablet: zenobia.tablet, admin: zenobia.person, space: rios.space };
    const { pupil: other } = await addPupil(hers, 'Ivo', 'Lago');
    const second = { account: other.account, role: 'pupil', display: 'I.' } as const;
    await must(mares.tablet, mares.admin, 'pupil.add-existing', second, mares.space);
    const handed = { account: other.account, to: rios.admin.account };
    await must(zenobia.tablet, zenobia.person, 'account.hand-over', handed, rios.space);
    for (const { tablet, person, space } of [
      { ...zelda, space: mares.space },
      { ...zenobia, space: rios.space }
    ])
      await must(tablet, person, 'account.erase', { account: person.account, typed: person.username }, space);
    clock.addDays(7);
    await relay.stop();
    const again = await testRelay({ dataDir: folder, clock });
    const left = bytesIn(folder);
    for (const name of ['Zelda', 'Quantz', 'Zenobia', 'Quixote'])
      expect([name, left.includes(name)]).toEqual([name, false]);
    const marta = rios.tablet.at(again.relay.address);
    const rooms = (await marta.report()).body.rooms;
    const home = await marta.follow(rooms.find((room) => room.startsWith('staff')) ?? '').synced();
    expect(home.get('elsewhere', `${pupil.account}/${mares.space}`)).toMatchObject({
      status: 'waiting',
      by: ''
    });
  });

  test('[ER5] whoever only asked anew for a former member leaves a former member', async () => {
    const { relay, rios, mares, pupil, clock, folder } = await twoSpaces();
    const asks = { account: pupil.account, role: 'pupil', display: 'X.' } as const;
    const answer = (allow: boolean) =>
      must(
        rios.tablet,
        rios.admin,
        'joining.answer',
        { account: pupil.account, space: mares.space, allow },
        rios.space
      );
    await must(mares.tablet, mares.admin, 'pupil.add-existing', asks, mares.space);
    await answer(true);
    await answer(false);
    await must(mares.tablet, mares.admin, 'pupil.add-existing', asks, mares.space);
    const erase = { account: pupil.account, typed: pupil.username };
    await must(rios.tablet, rios.admin, 'account.erase', erase, rios.space);
    clock.addDays(7);
    await relay.stop();
    const again = await testRelay({ dataDir: folder, clock });
    const there = await mares.tablet.at(again.relay.address).follow(`members/${mares.space}@2`).synced();
    expect(there.get('members', pupil.account)).toMatchObject({ display: '', status: { is: 'erased' } });
  });
});

describe('a relay that was killed in the middle', () => {
  test('[ER8] a line that was half written spoils no later one, and none is written twice', async () => {
    const folder = tempFolder();
    const account = freshId<AccountId>();
    writeFileSync(join(folder, 'erased.txt'), `${on} ${freshId<AccountId>().slice(0, 20)}`);
    const tombstones = new Tombstones(folder);
    await tombstones.add({ account, on });
    expect(await tombstones.all()).toEqual([{ account, on }]);
    await tombstones.add({ account, on });
    expect(await tombstones.all()).toEqual([{ account, on }]);
  });

  test('[ER8] with the tombstone written and nothing else, the next start goes on', async () => {
    const { relay, rios, pupil, clock, folder } = await twoSpaces();
    const erase = { account: pupil.account, typed: pupil.username };
    await must(rios.tablet, rios.admin, 'account.erase', erase, rios.space);
    clock.addDays(7);
    await relay.stop();
    await new Tombstones(folder).add({ account: pupil.account, on });
    const again = await testRelay({ dataDir: folder, clock });
    expect(bytesIn(folder).includes('Xanthippe')).toBe(false);
    expect((await new Tablet(again.relay.address).signIn(pupil)).status).toBe(401);
    expect(readFileSync(join(folder, 'erased.txt'), 'utf8').split(pupil.account)).toHaveLength(2);
  });

  test('[ER5] what the write-ahead log of a killed process still held is gone with the next start', () => {
    const folder = tempFolder();
    const running = openDatabase(folder);
    running.exec(`INSERT INTO meta VALUES ('x', 'Xanthippe')`);
    running.exec(`DELETE FROM meta`);
    const killed = tempFolder();
    cpSync(folder, killed, { recursive: true });
    running.close();
    expect(bytesIn(killed).includes('Xanthippe')).toBe(true);
    const again = openDatabase(killed);
    expect(statSync(join(killed, 'twinspace.sqlite-wal')).size).toBe(0);
    expect(bytesIn(killed).includes('Xanthippe')).toBe(false);
    again.close();
  });
});

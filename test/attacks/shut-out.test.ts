import { describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { founded, guestPupil, second } from '../support/relay-founded.ts';
import {
  addPupil,
  found,
  freshKeyFor,
  invite,
  Tablet,
  type Founded,
  type Person
} from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

/** A thief who knew a password once, on a device of their own. */
async function thiefOf(world: Founded, person: Person): Promise<Tablet> {
  const thief = new Tablet(world.tablet.address);
  expect((await thief.signIn(person)).status).toBe(200);
  return thief;
}

/** Gives somebody another password from this device; who they are from then on. */
async function newPassword(
  tablet: Tablet,
  space: Founded['space'],
  person: Person,
  reason: CommandArgs['key.set']['reason'],
  by: Person = person
): Promise<Person> {
  const password = `another one, ${reason}`;
  const next = await freshKeyFor(person.account, password);
  const args = { account: person.account, key: next.key, reason };
  expect(await tablet.do(by, 'key.set', args, { space }, next.credential)).toMatchObject({ is: 'accepted' });
  return { ...person, password, fresh: next.fresh, signing: next.signing };
}

/** What a device that was shut out still gets. */
async function expectNothing(thief: Tablet, space: Founded['space']): Promise<void> {
  const { body } = await thief.report();
  expect([body.rooms, body.accounts, body.credentials, body.drafts]).toEqual([[], [], [], []]);
  expect(body.device.ownerOut).toBe(true);
  for (const document of ['members', 'staff'])
    expect(await thief.follow(`${document}/${space}@1`).closed).toBe(4403);
  const asked = [
    await thief.ask('POST', '/api/accounts/find', { username: 'zoe.navarro.1' }),
    await thief.ask('POST', '/api/usernames/next', { base: 'zoe.navarro' }),
    await thief.ask('GET', `/api/spaces/${space}/devices`),
    await thief.ask('GET', `/api/spaces/${space}/tablets`),
    await thief.ask('GET', `/api/spaces/${space}/activity`),
    await thief.ask('GET', '/api/devices')
  ];
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 403));
}

describe('who knew a password once', () => {
  test('[SI12, SI13, RM8] is cut off at once when its owner says so, and gets nothing any more, by whomever they had let in', async () => {
    const world = await founded();
    const { admin, space, tablet } = world;
    const thief = await thiefOf(world, admin);
    // With the stolen key the thief lets a pupil in on that device.
    const { pupil } = await addPupil({ ...world, tablet: thief }, 'Zoe', 'Navarro');
    const followed = thief.follow(`staff/${space}@1`);
    await followed.synced();
    const mine = tablet.follow(`staff/${space}@1`);
    await mine.synced();

    const now = await newPassword(tablet, space, admin, 'someone-knows');
    expect(await followed.closed).toBe(4403);
    await expectNothing(thief, space);
    expect((await thief.signIn(admin)).status).toBe(401);

    // The device that said so goes on, and so does whoever shows the new password.
    const own = (await tablet.report()).body;
    expect(own.rooms.length).toBe(2);
    expect(own.credentials.map(({ key }) => key)).toContain(now.fresh.id);
    const again = new Tablet(tablet.address);
    expect((await again.signIn(now)).body.report?.rooms.length).toBe(2);
    // A pupil who shows their own password on that device is let in, and the owner is not by that.
    const letIn = (await thief.signIn(pupil)).body.report;
    expect(letIn?.accounts).toEqual([pupil.account]);
    expect(letIn?.rooms).toEqual([`members/${space}@1`]);
    expect(letIn?.device.ownerOut).toBe(true);
  });

  test('[SI12, KE8, KE15] is cut off by a recovery, with the link and with the printed code', async () => {
    const world = await founded();
    const { admin, space } = world;
    const thief = await thiefOf(world, admin);
    const desk = new Tablet(world.tablet.address);
    await desk.signIn({ ...admin, password: 'RECOV-ERYCO-DE000' }, 'recovery');
    const now = await newPassword(desk, space, admin, 'recovery');
    await expectNothing(thief, space);
    await expectNothing(world.tablet, space);
    expect(await thief.do(admin, 'member.contact', { contact: 'x' }, { space })).toMatchObject({
      code: 'key-distrusted'
    });

    const secret = (await world.relay.makeRecoveryLink(now.username))?.path.split('#')[1] ?? '';
    const next = await freshKeyFor(admin.account, 'with the link');
    const home = new Tablet(world.tablet.address);
    const by = { ...admin, fresh: next.fresh, signing: next.signing };
    const args = { account: admin.account, key: next.key };
    const signed = await home.sign(by, 'key.recover', args, { space }, next.credential);
    expect((await home.use(secret, signed)).body.verdict.is).toBe('accepted');
    await expectNothing(desk, space);
    expect((await home.report()).body.rooms.length).toBe(2);
  });

  test('[SI12] a pupil’s too; a forgotten password takes nobody’s device away', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const home = await thiefOf(world, pupil);
    const next = await newPassword(world.tablet, world.space, pupil, 'forgotten', world.admin);
    expect((await home.report()).body.accounts).toEqual([pupil.account]);
    await newPassword(world.tablet, world.space, next, 'someone-knows', world.admin);
    await expectNothing(home, world.space);
    expect((await world.tablet.report()).body.accounts).toContain(pupil.account);
  });

  test('[SI15] nobody is let in by a password that fell while it was looked at', async () => {
    let asked = 0;
    let reached = (): void => undefined;
    let go = (): void => undefined;
    const looking = new Promise<void>((done) => (reached = done));
    const held = new Promise<void>((done) => (go = done));
    const test = await testRelay({
      open: (folder) => {
        const storage = sqliteStorage(openDatabase(folder));
        const credential = storage.directory.credential.bind(storage.directory);
        storage.directory.credential = async (key) => {
          const text = await credential(key);
          // The first is asked for the salt, the second to compare.
          if (++asked === 2) {
            reached();
            await held;
          }
          return text;
        };
        return storage;
      }
    });
    const world = await found(test.relay.address, test.setUp);
    const thief = new Tablet(world.tablet.address);
    const trying = thief.signIn(world.admin);
    await looking;
    await newPassword(world.tablet, world.space, world.admin, 'someone-knows');
    go();
    expect((await trying).status).toBe(401);
  });
});

describe('whose power has ended', () => {
  test('[SI14] a pupil who is handed over leaves the former teacher’s devices: key, drafts, and what was read by them', async () => {
    const world = await founded();
    const { space } = world;
    const mares = await second(world);
    const luca = await invite(world);
    const { pupil } = await addPupil({ ...world, admin: luca.person, tablet: luca.tablet }, 'Zoe', 'Navarro');
    // Zoe is in a TwinSpace to which Luca does not belong: he reads it by her.
    const asks = { account: pupil.account, role: 'pupil', display: 'Zoe' } as const;
    await mares.tablet.do(mares.admin, 'pupil.add-existing', asks, { space: mares.space });
    const yes = { account: pupil.account, space: mares.space, allow: true };
    await world.tablet.do(world.admin, 'joining.answer', yes, { space });
    await luca.tablet.do(pupil, 'draft.keep', { place: 'profile', text: 'Me gusta el mar' }, { space });
    const before = (await luca.tablet.report()).body;
    expect(before.rooms).toContain(`members/${mares.space}@1`);
    expect(before.drafts).toHaveLength(1);
    const followed = luca.tablet.follow(`members/${mares.space}@1`);
    await followed.synced();

    const hands = { account: pupil.account, to: world.admin.account };
    await world.tablet.do(world.admin, 'account.hand-over', hands, { space });
    expect(await followed.closed).toBe(4403);
    const after = (await luca.tablet.report()).body;
    expect(after.rooms.some((room) => room.includes(mares.space))).toBe(false);
    expect(after.drafts).toEqual([]);
    expect(after.accounts).toEqual([luca.person.account]);
    const next = await newPassword(world.tablet, space, pupil, 'forgotten', world.admin);
    expect(JSON.stringify((await luca.tablet.report()).body)).not.toContain(next.fresh.id);
  });

  test('[SI14] who is administrator no longer keeps no keys of pupils who are not theirs', async () => {
    const world = await founded();
    const { space } = world;
    const luca = await invite(world, 'teacher-admin');
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    await newPassword(luca.tablet, space, pupil, 'forgotten', luca.person);
    expect((await luca.tablet.report()).body.accounts).toContain(pupil.account);
    const less = { member: luca.person.account, role: 'teacher' } as const;
    await world.tablet.do(world.admin, 'member.role', less, { space });
    expect((await luca.tablet.report()).body.accounts).toEqual([luca.person.account]);
  });
});

describe('signing out everywhere', () => {
  test('[MY9, SI13] every other device lets its person in no longer; the password is the same', async () => {
    const world = await founded();
    const { admin, space, tablet } = world;
    const lost = await thiefOf(world, admin);
    const followed = lost.follow(`members/${space}@1`);
    await followed.synced();
    expect(await tablet.do(admin, 'account.sign-out', {}, { space })).toMatchObject({ is: 'accepted' });
    expect(await followed.closed).toBe(4403);
    await expectNothing(lost, space);
    expect((await tablet.report()).body.rooms.length).toBe(2);
    // What was done there is done with a key that counts, and the password opens it again.
    expect(await lost.do(admin, 'member.contact', { contact: 'sala 2' }, { space })).toMatchObject({
      is: 'accepted'
    });
    expect((await lost.signIn(admin)).body.report?.rooms.length).toBe(2);
  });

  test('[MY9] nobody does it to an adult from somebody else’s device', async () => {
    const world = await founded();
    const luca = await invite(world);
    await luca.tablet.signIn(world.admin);
    expect(await luca.tablet.do(world.admin, 'account.sign-out', {}, { space: world.space })).toMatchObject({
      code: 'device-ceiling'
    });
  });
});

describe('members’ own devices', () => {
  test('[TB16] an administrator sees whose each is and revokes it, where its owner is at home there', async () => {
    const world = await founded();
    const { admin, space, tablet } = world;
    const luca = await invite(world);
    const mares = await second(world);
    const { body } = await tablet.ask<{ devices: { id: string; owner: string }[] }>(
      'GET',
      `/api/spaces/${space}/devices`
    );
    expect(body.devices).toContainEqual({
      id: luca.tablet.device,
      kind: 'personal',
      owner: luca.person.account,
      lastContact: '2026-11-24',
      waiting: 0
    });
    const revoke = { device: luca.tablet.device };
    expect(
      await luca.tablet.do(luca.person, 'device.revoke', { device: tablet.device }, { space })
    ).toMatchObject({ code: 'only-own-things' });
    expect(await tablet.do(admin, 'device.revoke', { device: mares.tablet.device }, { space })).toMatchObject(
      {
        code: 'only-own-things'
      }
    );
    // A guest's device is for the administrators of the home: it reads other TwinSpaces, too.
    const guest = new Tablet(tablet.address);
    await guest.signIn(await guestPupil(world, mares));
    const foreign = { device: guest.device };
    expect(await tablet.do(admin, 'device.revoke', foreign, { space })).toMatchObject({
      code: 'only-home-administrators'
    });
    expect(
      await mares.tablet.do(mares.admin, 'device.revoke', foreign, { space: mares.space })
    ).toMatchObject({ is: 'accepted' });
    expect(await tablet.do(admin, 'device.revoke', revoke, { space })).toMatchObject({ is: 'accepted' });
    expect((await luca.tablet.report()).body).toEqual({ code: 'device-revoked' });
  });
});

import { describe, expect, test } from 'vitest';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import type { Storage } from '#relay/storage/storage.ts';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import { classroomTablet, giveClassroomKey, groupOf, pupilIn, told } from '../support/relay-classroom.ts';
import {
  addPupil,
  found,
  freshKeyFor,
  invite,
  newcomer,
  type Tablet,
  type Answer,
  type Founded
} from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';
import { founded } from '../support/relay-founded.ts';

/** The storage, which notes what it is asked. */
function counted(storage: Storage, asked: string[]): Storage {
  const noting = <Part extends object>(name: string, part: Part): Part =>
    new Proxy(part, {
      get: (of, method, self) => {
        asked.push(`${name}.${String(method)}`);
        return Reflect.get(of, method, self) as unknown;
      }
    });
  const { directory, devices, tablets, documents, changes, erasures } = storage;
  return {
    ...storage,
    directory: noting('directory', directory),
    devices: noting('devices', devices),
    tablets: noting('tablets', tablets),
    documents: noting('documents', documents),
    changes: noting('changes', changes),
    erasures: noting('erasures', erasures)
  };
}

const full = ({ account }: { account: string }): string => `${account} full password`;
const pictures = ({ account }: { account: string }): string => `${account} classroom pictures`;
const room = ({ account }: { account: string }): string => `${account} classroom password`;

async function keysOn(tablet: Tablet): Promise<readonly string[]> {
  return told((await tablet.report()).body);
}

describe('what a classroom tablet holds', () => {
  test('[TB5] the keys of its groups’ pupils, and of nobody else: no other class, no adult’s full key', async () => {
    const world = await founded();
    const [sixth, fifth] = [await groupOf(world, '6.º A'), await groupOf(world, '5.º B')];
    const zoe = await pupilIn(world, 'Zoe', sixth);
    await pupilIn(world, 'Noa', fifth);
    await pupilIn(world, 'Teo');
    const tablet = await classroomTablet(world, { groups: [sixth], teachers: [world.admin.account] });
    expect(await keysOn(tablet)).toEqual([full(zoe)]);
    const { body } = await tablet.report();
    expect(body.accounts).toEqual([zoe.account]);
    expect(body.credentials[0]).toMatchObject({
      username: 'zoe.rio.1',
      display: 'Zoe Rio',
      home: world.space
    });
    expect(JSON.stringify(body)).not.toContain('proveHash');
  });

  test('[TB5, KE11] pictures come along with a pupil’s own key, and go when they are taken away', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const { opened, verdict } = await giveClassroomKey(world, zoe);
    expect(verdict).toMatchObject({ is: 'accepted' });
    expect(await keysOn(tablet)).toEqual([pictures(zoe), full(zoe)].sort());
    const args = { account: zoe.account, keyId: opened.fresh.id };
    expect(await world.tablet.do(world.admin, 'key.remove', args, { space: world.space })).toMatchObject({
      is: 'accepted'
    });
    expect(await keysOn(tablet)).toEqual([full(zoe)]);
    // Nor on the teacher's own tablet, where they were chosen: there the password counts.
    expect(await keysOn(world.tablet)).toContain(full(zoe));
    expect(await keysOn(world.tablet)).not.toContain(pictures(zoe));
  });

  test('[TB5, KE10, TB9] a named teacher’s classroom key, not their full one; and only while they are one here', async () => {
    const world = await founded();
    const { person, tablet: own } = await invite(world);
    const luca = { tablet: own, admin: person, space: world.space };
    await giveClassroomKey(luca);
    await giveClassroomKey(world);
    const tablet = await classroomTablet(world, { groups: [], teachers: [person.account] });
    expect(await keysOn(tablet)).toEqual([room(person)]);
    const unnamed = await classroomTablet(world);
    expect(await keysOn(unnamed)).toEqual([]);
    const args = { member: person.account };
    await world.tablet.do(world.admin, 'member.remove', args, { space: world.space });
    expect(await keysOn(tablet)).toEqual([]);
  });

  test('[TB5] no key of a pupil whose home is elsewhere, until they sign in online on that very tablet', async () => {
    const world = await founded();
    const secret = (await world.relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const mares = await found(world.relay.address, secret, {
      name: 'Mares',
      admin: await newcomer('Oksana', 'More')
    });
    const { pupil } = await addPupil(mares, 'Iker', 'Mar');
    const asks = { account: pupil.account, role: 'pupil', display: 'Iker M.' } as const;
    await world.tablet.do(world.admin, 'pupil.add-existing', asks, { space: world.space });
    const tablet = await classroomTablet(world);
    const other = await classroomTablet(world);
    expect(await tablet.signIn(pupil)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    const yes = { account: pupil.account, space: world.space, allow: true };
    await mares.tablet.do(mares.admin, 'joining.answer', yes, { space: mares.space });
    expect(await keysOn(tablet)).toEqual([]);
    await giveClassroomKey(mares, pupil);

    const { status, body } = await tablet.signIn(pupil);
    expect(status).toBe(200);
    expect(told(body.report ?? {})).toEqual([full(pupil)]);
    expect((await tablet.report()).body.credentials[0]).toMatchObject({
      display: 'Iker M.',
      home: mares.space
    });
    expect(await keysOn(other)).toEqual([]);
    await world.tablet.do(world.admin, 'member.remove', { member: pupil.account }, { space: world.space });
    expect(await keysOn(tablet)).toEqual([]);
  });

  test('[TB9] of a pupil who was raised nothing, before and after they chose a password', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    await giveClassroomKey(world, zoe);
    await tablet.signIn(zoe);
    const args = { member: zoe.account, role: 'teacher', typed: zoe.username } as const;
    await world.tablet.do(world.admin, 'member.role', args, { space: world.space });
    expect(await keysOn(tablet)).toEqual([]);
    expect(await tablet.signIn(zoe)).toMatchObject({ status: 403, body: { code: 'classroom-password' } });
    expect((await tablet.report()).body.accounts).toEqual([]);
  });

  test('[TB5] nothing any more of a pupil who was removed, and all again of one who came back', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const args = { member: zoe.account };
    await world.tablet.do(world.admin, 'member.remove', args, { space: world.space });
    expect(await keysOn(tablet)).toEqual([]);
    await world.tablet.do(world.admin, 'member.restore', args, { space: world.space });
    expect(await keysOn(tablet)).toEqual([full(zoe)]);
  });

  test('[TB5, TB6] what it holds is what was said last, and a new password is a new key', async () => {
    const world = await founded();
    const { space, admin } = world;
    const [sixth, fifth] = [await groupOf(world, '6.º A'), await groupOf(world, '5.º B')];
    const [zoe, noa] = [await pupilIn(world, 'Zoe', sixth), await pupilIn(world, 'Noa', fifth)];
    const tablet = await classroomTablet(world, { groups: [sixth], teachers: [] });
    const set = { tablet: tablet.device, groups: [fifth], name: 'Ventana' };
    expect(await world.tablet.do(admin, 'tablet.set', set, { space })).toMatchObject({ is: 'accepted' });
    expect(await keysOn(tablet)).toEqual([full(noa)]);
    expect((await tablet.report()).body.device.tablet).toMatchObject({ name: 'Ventana', groups: [fifth] });
    const made = await freshKeyFor(noa.account, 'nube4barco');
    const args = { account: noa.account, key: made.key, reason: 'forgotten' } as const;
    await world.tablet.do(admin, 'key.set', args, { space }, made.credential);
    expect((await tablet.report()).body.credentials.map(({ key }) => key)).toEqual([made.key.id]);
    expect((await tablet.report()).body.accounts).not.toContain(zoe.account);
  });

  test('[SI10] the same keys are not told again, others are', async () => {
    const world = await founded();
    await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const again = (tag: string): Promise<Answer<DeviceReport>> =>
      tablet.ask('GET', `/api/device?credentials=${tag}`);
    const { credentialsTag: tag } = (await tablet.report()).body;
    expect((await again(tag)).body).toMatchObject({ credentialsTag: tag });
    for (const same of ['accounts', 'credentials', 'credentialsGone'])
      expect((await again(tag)).body).not.toHaveProperty(same);
    expect((await again('another')).body.credentials).toHaveLength(1);
    // A personal device names its keys in the same way.
    const own = (await world.tablet.report()).body;
    const { body } = await world.tablet.ask('GET', `/api/device?credentials=${own.credentialsTag}`);
    expect(body).not.toHaveProperty('credentials');
  });

  test('[SI10] of others only what has changed since is told: who came, who went, who is called otherwise', async () => {
    const world = await founded();
    const { space, admin } = world;
    const [zoe, noa] = [await pupilIn(world, 'Zoe'), await pupilIn(world, 'Noa')];
    const tablet = await classroomTablet(world);
    const held = new Map<string, HeldCredential>();
    let tag = '';
    /** What a tablet does with the report; how many keys it was told, and how many are to go. */
    const asks = async (): Promise<readonly (number | undefined)[]> => {
      const { body } = await tablet.ask<DeviceReport>('GET', `/api/device?credentials=${tag}`);
      const { credentials, credentialsGone: gone, credentialsTag } = body;
      if (credentials && !gone) held.clear();
      for (const key of gone ?? []) held.delete(key);
      for (const one of credentials ?? []) held.set(one.key, one);
      tag = credentialsTag;
      return [credentials?.length, gone?.length];
    };
    const agrees = async (): Promise<void> =>
      expect(new Set(held.values())).toEqual(new Set((await tablet.report()).body.credentials));
    expect(await asks()).toEqual([2, undefined]);
    await pupilIn(world, 'Teo');
    expect(await asks()).toEqual([1, 0]);
    await agrees();
    const rename = { account: noa.account, username: 'noa.mar.4' };
    await world.tablet.do(admin, 'account.rename', rename, { space });
    expect(await asks()).toEqual([1, 0]);
    await agrees();
    const made = await freshKeyFor(noa.account, 'nube4barco');
    const args = { account: noa.account, key: made.key, reason: 'forgotten' } as const;
    await world.tablet.do(admin, 'key.set', args, { space }, made.credential);
    await world.tablet.do(admin, 'member.remove', { member: zoe.account }, { space });
    expect(await asks()).toEqual([1, 2]);
    await agrees();
    expect(await asks()).toEqual([undefined, undefined]);
    // A tablet of another scope has what was told to it, not what was told to others.
    const other = await classroomTablet(world, { groups: [], teachers: [] });
    const { body } = await other.ask<DeviceReport>('GET', `/api/device?credentials=${tag}`);
    expect([body.accounts, body.credentials, body.credentialsGone?.length]).toEqual([[], [], 2]);
  });

  test('[SI10] after the relay was started again everything is told once', async () => {
    const world = await founded();
    await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const { credentialsTag: tag } = (await tablet.report()).body;
    await pupilIn(world, 'Noa');
    await world.relay.stop();
    const again = await testRelay({ dataDir: world.folder, clock: world.clock });
    const there = tablet.at(again.relay.address);
    const { body } = await there.ask<DeviceReport>('GET', `/api/device?credentials=${tag}`);
    expect(body.credentials).toHaveLength(2);
    expect(body).not.toHaveProperty('credentialsGone');
  });

  test('[SI10] asking the storage costs the same for many pupils as for one, and nothing where the device has them', async () => {
    const asked: string[] = [];
    const open = (folder: string): Storage => counted(sqliteStorage(openDatabase(folder)), asked);
    const test = await testRelay({ open });
    const world = { ...test, ...(await found(test.relay.address, test.setUp)) };
    const tablet = await classroomTablet(world);
    await tablet.report();
    await pupilIn(world, 'Zoe');
    const cost = async (tag = ''): Promise<readonly string[]> => {
      asked.length = 0;
      await tablet.ask('GET', `/api/device?credentials=${tag}`);
      return [...asked];
    };
    const first = await cost();
    for (let at = 0; at < 40; at++) await pupilIn(world, `Noa${at}`);
    expect(await cost()).toEqual(first);
    expect(first).toContain('directory.credentials');
    const { credentialsTag: tag, credentials } = (await tablet.report()).body;
    expect(credentials).toHaveLength(41);
    expect(await cost(tag)).toEqual(['devices.byCookie', 'erasures.pending']);
  });

  test('[SE4, SG4] the days for which they open are those of its TwinSpace; of a personal device the shortest of its owner’s', async () => {
    const world = await founded();
    const secret = (await world.relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const other = await found(world.relay.address, secret, {
      name: 'Mares',
      admin: await newcomer('Oksana', 'More')
    });
    const tablet = await classroomTablet(world);
    const days = async (on: Tablet): Promise<number> => (await on.report()).body.leaseDays;
    expect([await days(tablet), await days(world.tablet)]).toEqual([30, 30]);
    const set = (leaseDays: number, { tablet: on, admin, space } = world as Founded) =>
      on.do(admin, 'settings.set', { settings: { leaseDays } }, { space });
    await set(45);
    await set(7, other);
    expect([await days(tablet), await days(world.tablet), await days(other.tablet)]).toEqual([45, 45, 7]);
  });
});

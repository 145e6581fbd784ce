import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import { tabletCheck } from '#lib/protocol/tablet-check.ts';
import {
  admit,
  ask,
  classroomTablet,
  giveClassroomKey,
  groupOf,
  offer,
  pupilIn,
  told,
  type Opened
} from '../support/relay-classroom.ts';
import { addPupil, freshId, freshKeyFor, invite, Tablet, type Founded } from '../support/relay-tablet.ts';
import { ownLink, raise, useOwnLink } from '../support/relay-raised.ts';
import { founded, guestPupil, second } from '../support/relay-founded.ts';

const on = '2026-11-24' as CalendarDate;

describe('who has got at a classroom password', () => {
  test('[KE10, AC8] does not change the names of its adult’s account', async () => {
    const world = await founded();
    const { opened } = await giveClassroomKey(world);
    const tablet = await classroomTablet(world, { groups: 'all', teachers: [world.admin.account] });
    const args = { account: world.admin.account, given: 'Nadie', school: 'Otra' };
    expect(await tablet.do(opened, 'account.rename', args, { space: world.space })).toMatchObject({
      is: 'refused',
      code: 'device-ceiling'
    });
    expect(await world.tablet.do(world.admin, 'account.rename', args, { space: world.space })).toMatchObject({
      is: 'accepted'
    });
  });

  test.each(['someone-knows', 'recovery'] as const)(
    '[KE13] by way of the full password loses it with that: %s',
    async (how) => {
      const world = await founded();
      // Whoever knew the full password could have made this one.
      const { opened } = await giveClassroomKey(world);
      const tablet = await classroomTablet(world, { groups: 'all', teachers: [world.admin.account] });
      expect(told((await tablet.report()).body)).toHaveLength(1);
      const { account } = world.admin;
      const made = await freshKeyFor(account, 'another battery horse', 'RECOV-ERYCO-DE001');
      if (how === 'recovery') {
        const link = await world.relay.makeRecoveryLink(world.admin.username);
        const fresh = { ...world.admin, fresh: made.fresh, signing: made.signing };
        const home = new Tablet(world.relay.address);
        const args = { account, key: made.key };
        const signed = await home.sign(fresh, 'key.recover', args, { space: world.space }, made.credential);
        const { body } = await home.use(link?.path.split('#')[1] ?? '', signed);
        expect(body.verdict).toMatchObject({ is: 'accepted' });
      } else {
        const args = { account, key: made.key, reason: how } as const;
        expect(
          await world.tablet.do(world.admin, 'key.set', args, { space: world.space }, made.credential)
        ).toMatchObject({ is: 'accepted' });
      }
      expect(await tablet.do(opened, 'access.record', { on }, { space: world.space })).toMatchObject({
        code: 'key-distrusted'
      });
      expect(told((await tablet.report()).body)).toEqual([]);
    }
  );
});

test('[KE12, KE4] work that was done with pictures still arrives once they were taken away, from where they were', async () => {
  const world = await founded();
  const { space, admin } = world;
  const zoe = await pupilIn(world, 'Zoe');
  const { opened } = await giveClassroomKey(world, zoe);
  const [tablet, other] = [await classroomTablet(world), await classroomTablet(world)];
  await tablet.report();
  const args = { member: zoe.account, text: 'Soy Zoe' };
  const [waiting, elsewhere] = [
    await tablet.sign(opened, 'member.profile', args, { space }),
    await other.sign(opened, 'member.profile', args, { space })
  ];
  const gone = { account: zoe.account, keyId: opened.fresh.id };
  await world.tablet.do(admin, 'key.remove', gone, { space });
  expect(await other.send(elsewhere)).toMatchObject([{ is: 'refused', code: 'key-former' }]);
  expect(await tablet.send(waiting)).toMatchObject([{ is: 'accepted' }]);
  world.clock.addDays(31);
  expect(await tablet.do(opened, 'member.profile', args, { space })).toMatchObject({ code: 'key-former' });
});

describe('an account that is worth more than a pupil’s', () => {
  test('[TB9] of a pupil who was raised at home nothing is given or opened on a tablet elsewhere', async () => {
    const world = await founded();
    const mares = await second(world);
    const pupil = await guestPupil(world, mares);
    const tablet = await classroomTablet(world);
    expect((await tablet.signIn(pupil)).status).toBe(200);
    const raise = { member: pupil.account, role: 'teacher', typed: pupil.username } as const;
    expect(await mares.tablet.do(mares.admin, 'member.role', raise, { space: mares.space })).toMatchObject({
      is: 'accepted'
    });
    expect(told((await tablet.report()).body)).toEqual([]);
    expect(await tablet.signIn(pupil)).toMatchObject({ status: 403, body: { code: 'classroom-password' } });
  });

  test('[TB9] chooses no password on a classroom tablet: one typed there is never worth an administrator', async () => {
    const world = await founded();
    const { space } = world;
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    await tablet.report();
    await raise(world, zoe, 'teacher-admin');
    const { secret } = await ownLink(world, zoe.account);
    await expect(useOwnLink(tablet, space, zoe, secret)).resolves.toMatchObject({ verdict: undefined });
    const { person, verdict } = await useOwnLink(new Tablet(world.relay.address), space, zoe, secret);
    expect(verdict.is).toBe('accepted');
    // Nor later, where pupils may choose theirs.
    const settings = { pupilsChangePassword: true };
    await world.tablet.do(world.admin, 'settings.set', { settings }, { space });
    const own: Opened = { ...zoe, fresh: person.fresh, signing: person.signing };
    const next = await freshKeyFor(zoe.account, 'yet another password');
    const again = { account: zoe.account, key: next.key, reason: 'own' } as const;
    expect(await tablet.do(own, 'key.set', again, { space }, next.credential)).toMatchObject({
      code: 'device-ceiling'
    });
  });
});

test('[RO3, PE16] an adult’s password is not changed on somebody else’s device, whatever pupils may', async () => {
  const world = await founded();
  const { space, admin } = world;
  const { tablet: lucas } = await invite(world);
  await world.tablet.do(admin, 'settings.set', { settings: { pupilsChangePassword: true } }, { space });
  await lucas.signIn(admin);
  const made = await freshKeyFor(admin.account, 'a password of mine');
  const args = { account: admin.account, key: made.key, reason: 'own' } as const;
  expect(await lucas.do(admin, 'key.set', args, { space }, made.credential)).toMatchObject({
    is: 'refused',
    code: 'device-ceiling'
  });
});

describe('the device of a teacher who was removed', () => {
  test('[SI6, RD1, DR1] reads nothing any more, also not by the pupils whom its owner had let in', async () => {
    const world = await founded();
    const { space } = world;
    const { person, tablet: lucas } = await invite(world);
    const { pupil } = await addPupil({ tablet: lucas, admin: person, space }, 'Noa', 'Rio');
    const home = new Tablet(world.relay.address);
    await home.signIn(pupil);
    await home.do(pupil, 'draft.keep', { place: 'profile', text: 'Secreto' }, { space });
    expect((await lucas.report()).body.drafts).toHaveLength(1);
    const follower = await lucas.follow(`members/${space}@1`).synced();
    await world.tablet.do(world.admin, 'member.remove', { member: person.account }, { space });
    const { body } = await lucas.report();
    expect(told(body)).not.toContain(`${pupil.account} full password`);
    expect([body.drafts, body.rooms]).toEqual([[], []]);
    expect(await follower.closed).toBe(4403);
    expect(await lucas.follow(`members/${space}@1`).closed).toBe(4403);
    expect((await home.report()).body.drafts).toHaveLength(1);
  });
});

describe('what a tablet carries', () => {
  test('[GA3, BK2] of another TwinSpace is not spoilt by it: its own device brings it afterwards', async () => {
    const world = await founded();
    const mares = await second(world);
    const tablet = await classroomTablet(world);
    const change = await mares.tablet.sign(mares.admin, 'access.record', { on }, { space: mares.space });
    expect(await tablet.send(change)).toMatchObject([{ is: 'refused', code: 'device-not-enrolled' }]);
    expect(await mares.tablet.send(change)).toMatchObject([{ is: 'accepted' }]);
  });
});

describe('what was on a tablet', () => {
  test('[TB6, TB5] goes when it is to hold another class, also what came by signing in online', async () => {
    const world = await founded();
    const { space, admin } = world;
    const [sixth, fifth] = [await groupOf(world, '6.º A'), await groupOf(world, '5.º B')];
    const [zoe, noa] = [await pupilIn(world, 'Zoe', sixth), await pupilIn(world, 'Noa', fifth)];
    const tablet = await classroomTablet(world, { groups: [sixth], teachers: [] });
    expect((await tablet.signIn(zoe)).status).toBe(200);
    const keys = async () => (await tablet.report()).body.credentials.map(({ account }) => account);
    const set = (args: { name?: string; groups?: readonly (typeof fifth)[] }) =>
      world.tablet.do(admin, 'tablet.set', { tablet: tablet.device, ...args }, { space });
    await set({ groups: [fifth] });
    expect(await keys()).toEqual([noa.account]);
    // Another name changes nothing of it; who signs in there afterwards is in again.
    expect((await tablet.signIn(zoe)).status).toBe(200);
    await set({ name: 'Ventana', groups: [fifth] });
    expect((await keys()).sort()).toEqual([noa.account, zoe.account].sort());
    // TB10: it was there all the same.
    const path = `/api/spaces/${space}/tablets/${tablet.device}/accounts`;
    await set({ groups: [] });
    expect(await keys()).toEqual([]);
    const { body } = await world.tablet.ask<{ accounts: AccountId[] }>('GET', path);
    expect(body.accounts).toEqual([noa.account, zoe.account].sort());
  });

  test('[TB10] is known also of pictures that were chosen on it', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const { opened } = await giveClassroomKey(world);
    const tablet = await classroomTablet(world, { groups: [], teachers: [world.admin.account] });
    const made = await freshKeyFor(zoe.account, 'sun', undefined, { scope: 'classroom', by: 'pictures' });
    const args = { account: zoe.account, key: made.key, reason: 'own' } as const;
    const how = { space: world.space };
    expect(await tablet.do(opened, 'key.set', args, how, made.credential)).toMatchObject({ is: 'accepted' });
    const path = `/api/spaces/${world.space}/tablets/${tablet.device}/accounts`;
    const { body } = await world.tablet.ask<{ accounts: AccountId[] }>('GET', path);
    expect(body.accounts).toContain(zoe.account);
  });

  test('[TB11] is revoked in its own TwinSpace’s name, whoever takes it over', async () => {
    const world = await founded();
    const mares = await second(world);
    const tablet = await classroomTablet(world);
    const before = tablet.device;
    const { secret } = await offer(mares);
    tablet.device = freshId();
    expect((await ask(tablet, { secret })).status).toBe(200);
    const staff = await world.tablet.follow(`staff/${world.space}@1`).synced();
    expect(staff.get('tablets', before)).toMatchObject({ revoked: { by: world.admin.account } });
  });
});

describe('the activity log of a browser that becomes a classroom tablet', () => {
  const revoked = async ({ tablet, space }: Founded) =>
    (
      await tablet.ask<{ entries: object[] }>('GET', `/api/spaces/${space}/activity?kind=devices`)
    ).body.entries
      .filter((entry) => 'name' in entry && entry.name === 'device.revoke')
      .map((entry) => ({ ...entry, seq: 0 }));

  test('[LO9, TB11] tells a tablet in its own TwinSpace, whoever takes it over', async () => {
    const world = await founded();
    const mares = await second(world);
    const tablet = await classroomTablet(world);
    const was = [tablet.device];
    for (const staff of [world, mares]) {
      tablet.device = freshId();
      expect((await ask(tablet, { secret: (await offer(staff)).secret })).status).toBe(200);
      if (staff === world) {
        await admit(world, tablet);
        was.unshift(tablet.device);
      }
    }
    const by = { actor: world.admin.account, on, name: 'device.revoke', detail: {}, seq: 0 };
    expect(await revoked(world)).toEqual(was.map((about) => ({ ...by, about })));
    expect(await revoked(mares)).toEqual([]);
  });

  test('[LO9] tells a personal device where its owner is known, and nowhere else', async () => {
    const world = await founded();
    const mares = await second(world);
    const partner = await invite(world);
    const other = new Tablet(world.relay.address);
    await other.signIn(partner.person);
    const [here, there] = [partner.tablet.device, other.device];
    [partner.tablet.device, other.device] = [freshId(), freshId()];
    expect((await ask(partner.tablet, { secret: (await offer(world)).secret })).status).toBe(200);
    expect((await ask(other, { secret: (await offer(mares)).secret })).status).toBe(200);
    expect(await revoked(world)).toMatchObject([{ about: here, actor: world.admin.account }]);
    expect(await revoked(mares)).toEqual([]);
    expect(there).not.toBe(here);
  });
});

describe('offers', () => {
  test('[GA16, PE20] whether a code is taken is told to nobody who may not offer', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const { args } = await offer(world);
    const home = new Tablet(world.relay.address);
    await home.signIn(zoe);
    const guess = { ...args, offer: freshId<typeof args.offer>() };
    expect(await home.do(zoe, 'tablet.offer', guess, { space: world.space })).toMatchObject({
      code: 'not-permitted'
    });
  });

  test('[TB12] no two tablets that wait show the same digits, whoever chooses the id', async () => {
    const world = await founded();
    const { secret } = await offer(world, { count: 3 });
    const [first, forged] = [new Tablet(world.relay.address), new Tablet(world.relay.address)];
    expect((await ask(first, { secret })).status).toBe(200);
    forged.device = `${first.device.slice(0, 8)}${forged.device.slice(8)}` as DeviceId;
    expect(tabletCheck(forged.device)).toBe(tabletCheck(first.device));
    expect(await ask(forged, { secret })).toMatchObject({ status: 409, body: { code: 'device-taken' } });
    // Another id is another tablet; and what was answered no longer stands in the way.
    const scope = { name: 'Carro 1', groups: 'all', teachers: [] } as const;
    const yes = { tablet: first.device, ...scope };
    await world.tablet.do(world.admin, 'tablet.admit', yes, { space: world.space });
    expect((await ask(forged, { secret })).status).toBe(200);
  });
});

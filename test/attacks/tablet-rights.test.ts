import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import {
  classroomTablet,
  giveClassroomKey,
  groupOf,
  offer,
  pupilIn,
  tabletsOf,
  waitingTablet
} from '../support/relay-classroom.ts';
import { addPupil, freshId, invite, Tablet } from '../support/relay-tablet.ts';
import { founded, second } from '../support/relay-founded.ts';

const on = '2026-11-24' as CalendarDate;
const status = { waiting: 0, files: 0, drafts: 0, refused: 0, app: 'x' };

describe('a tablet that was revoked', () => {
  test('[TB7] is cut off, told so, and nothing that it signed or carries counts any more', async () => {
    const world = await founded();
    const { space, admin } = world;
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const follower = await tablet.follow(`members/${space}@1`).synced();
    const waiting = await Promise.all(
      Array.from({ length: 50 }, () => tablet.sign(zoe, 'access.record', { on }, { space }))
    );
    const revoke = { device: tablet.device };
    expect(await world.tablet.do(admin, 'device.revoke', revoke, { space })).toMatchObject({
      is: 'accepted'
    });
    expect(await follower.closed).toBe(4423);
    for (const answer of [
      await tablet.report(),
      await tablet.ask('POST', '/api/changes', { changes: waiting.slice(0, 1) }),
      await tablet.ask('POST', '/api/device/status', status),
      await tablet.signIn(zoe)
    ])
      expect([answer.status, answer.body]).toEqual([403, { code: 'device-revoked' }]);
    expect(await tablet.follow(`members/${space}@1`).closed).toBe(4423);
    const verdicts = await world.tablet.send(...waiting);
    expect(verdicts.every((verdict) => 'code' in verdict && verdict.code === 'device-revoked')).toBe(true);
    const set = { tablet: tablet.device, name: 'X' };
    expect(await world.tablet.do(admin, 'tablet.set', set, { space })).toMatchObject({
      code: 'device-revoked'
    });
  });

  test('[TB7, AD1, AD2] what waited there is taken over by a teacher, in their own name', async () => {
    const world = await founded();
    const { space, admin } = world;
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const args = { member: zoe.account, text: 'Soy Zoe' };
    const stranded = await tablet.sign(zoe, 'member.profile', args, { space });
    await world.tablet.do(admin, 'device.revoke', { device: tablet.device }, { space });
    const { id } = JSON.parse(stranded.header) as { id: ReturnType<typeof freshId<never>> };
    const behalf = { change: id, actor: zoe.account };
    expect(await world.tablet.do(admin, 'member.profile', args, { space, behalf })).toMatchObject({
      is: 'accepted'
    });
    const { body } = await world.tablet.ask<{ entries: { detail: object }[] }>(
      'GET',
      `/api/spaces/${space}/activity`
    );
    expect(body.entries[0]).toMatchObject({ name: 'member.profile', detail: { behalf: zoe.account } });
  });

  test('[GA16] what the relay has accepted from its author is taken over by nobody', async () => {
    const world = await founded();
    const { space, admin } = world;
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const args = { member: zoe.account, text: 'Soy Zoe' };
    const arrived = await tablet.sign(zoe, 'member.profile', args, { space });
    await tablet.send(arrived);
    const { id } = JSON.parse(arrived.header) as { id: ReturnType<typeof freshId<never>> };
    const behalf = { change: id, actor: zoe.account };
    expect(await world.tablet.do(admin, 'member.profile', args, { space, behalf })).toMatchObject({
      is: 'refused',
      code: 'not-adoptable'
    });
  });

  test('[TB8, TB7] a personal device that its owner revokes is cut off at once', async () => {
    const world = await founded();
    const lost = new Tablet(world.relay.address);
    await lost.signIn(world.admin);
    const follower = await lost.follow(`staff/${world.space}@1`).synced();
    const revoke = { device: lost.device };
    const partner = await invite(world);
    expect(
      await partner.tablet.do(partner.person, 'device.revoke', revoke, { space: world.space })
    ).toMatchObject({ code: 'only-own-things' });
    await world.tablet.do(world.admin, 'device.revoke', revoke, { space: world.space });
    expect(await follower.closed).toBe(4423);
    expect((await lost.report()).body).toEqual({ code: 'device-revoked' });
  });

  test('[TB7] one that only asked is refused for good by whoever offered it', async () => {
    const world = await founded();
    const tablet = await waitingTablet(world);
    const revoke = { device: tablet.device };
    expect(await world.tablet.do(world.admin, 'device.revoke', revoke, { space: world.space })).toMatchObject(
      { is: 'accepted' }
    );
    expect((await tablet.report()).body).toEqual({ code: 'device-revoked' });
    expect(await tabletsOf(world.tablet, world.space)).toEqual([]);
  });

  test('[TB10] whose keys were ever on it is told to whoever may revoke it, and to nobody else', async () => {
    const world = await founded();
    const { space } = world;
    const { person, tablet: lucas } = await invite(world);
    const luca = { tablet: lucas, admin: person, space };
    const sixth = await groupOf(luca, '6.º A');
    const zoe = await pupilIn(luca, 'Zoe', sixth);
    const noa = await pupilIn(luca, 'Noa');
    await giveClassroomKey(luca);
    const tablet = await classroomTablet(luca, { groups: [sixth], teachers: [person.account] });
    const accounts = (who: Tablet, id: string = tablet.device) =>
      who.ask('GET', `/api/spaces/${space}/tablets/${id}/accounts`);
    // Nobody's until it came for them.
    expect((await accounts(lucas)).body).toEqual({ accounts: [] });
    await tablet.report();
    await tablet.signIn(noa);
    const out = { member: zoe.account, add: [], remove: [sixth] };
    await lucas.do(person, 'member.groups', out, { space });
    await tablet.report();
    await lucas.do(person, 'device.revoke', { device: tablet.device }, { space });
    const all = [zoe.account, noa.account, person.account].sort();
    for (const who of [lucas, world.tablet]) expect((await accounts(who)).body).toEqual({ accounts: all });
    const colleague = await invite(world, 'teacher', { given: 'Anna', family: 'Nowak' });
    expect((await accounts(colleague.tablet)).status).toBe(404);
    expect((await accounts(world.tablet, freshId())).status).toBe(404);
    const home = new Tablet(world.relay.address);
    await home.signIn(zoe);
    expect((await accounts(home)).status).toBe(403);
    expect((await accounts(new Tablet(world.relay.address))).status).toBe(401);
  });
});

describe('a teacher who would have more than their own', () => {
  test('[TB2] offers neither all pupils nor a colleague’s group, and says yes to no more than was offered', async () => {
    const world = await founded();
    const { space } = world;
    const { person, tablet: lucas } = await invite(world);
    const luca = { tablet: lucas, admin: person, space };
    const [theirs, own] = [await groupOf(world, '6.º A'), await groupOf(luca, '5.º B')];
    expect((await offer(luca, { groups: 'all' })).verdict).toMatchObject({ code: 'only-administrators' });
    expect((await offer(luca, { groups: [theirs] })).verdict).toMatchObject({ code: 'only-own-pupils' });
    const { secret, verdict } = await offer(luca, { groups: [own] });
    expect(verdict).toMatchObject({ is: 'accepted' });
    const tablet = new Tablet(world.relay.address);
    await tablet.ask('POST', '/api/tablets/ask', { offer: { secret }, device: tablet.device, name: 'T' });
    for (const [groups, code] of [
      ['all', 'only-administrators'],
      [[theirs], 'only-own-pupils']
    ] as const) {
      const args = { tablet: tablet.device, name: 'T', groups, teachers: [] };
      expect(await lucas.do(person, 'tablet.admit', args, { space })).toMatchObject({ code });
    }
    expect((await tablet.report()).body.credentials).toEqual([]);
  });

  test('[PE21, TB6] neither sees nor answers nor revokes a colleague’s tablets; an administrator does', async () => {
    const world = await founded();
    const { space } = world;
    const { person, tablet: lucas } = await invite(world);
    const luca = { tablet: lucas, admin: person, space };
    const group = await groupOf(luca, '5.º B');
    const [active, waiting] = [await classroomTablet(world), await waitingTablet(world)];
    const his = await waitingTablet(luca, [group]);
    expect((await tabletsOf(lucas, space)).map(({ id }) => id)).toEqual([his.device]);
    const yes = { tablet: waiting.device, name: 'T', groups: [group], teachers: [] };
    expect(await lucas.do(person, 'tablet.admit', yes, { space })).toMatchObject({ code: 'only-own-things' });
    for (const device of [active.device, waiting.device])
      expect(await lucas.do(person, 'device.revoke', { device }, { space })).toMatchObject({
        code: 'only-own-things'
      });
    const all = (await tabletsOf(world.tablet, space)).map(({ id }) => id);
    expect([...all].sort()).toEqual([active.device, waiting.device, his.device].sort());
  });

  test.each(['not a uuid', '%2e%2e'])('[HT2] %s is no TwinSpace', async (space) => {
    const world = await founded();
    expect((await world.tablet.ask('GET', `/api/spaces/${space}/tablets`)).status).toBeGreaterThanOrEqual(
      400
    );
  });

  test('[SP6] the tablets of a TwinSpace stand among its devices once they are let in, those of another do not', async () => {
    const world = await founded();
    const mares = await second(world);
    const { pupil } = await addPupil(mares, 'Iker', 'Mar');
    const tablet = await classroomTablet(world);
    const other = await classroomTablet(mares);
    await waitingTablet(world);
    await other.report();
    const asks = { account: pupil.account, role: 'pupil', display: 'Iker' } as const;
    await world.tablet.do(world.admin, 'pupil.add-existing', asks, { space: world.space });
    const yes = { account: pupil.account, space: world.space, allow: true };
    await mares.tablet.do(mares.admin, 'joining.answer', yes, { space: mares.space });
    await tablet.ask('POST', '/api/device/status', { ...status, waiting: 12, free: 200 });
    const { body } = await world.tablet.ask<{ devices: { id: string; waiting: number }[] }>(
      'GET',
      `/api/spaces/${world.space}/devices`
    );
    expect(new Map(body.devices.map(({ id, waiting }) => [id, waiting]))).toEqual(
      new Map<string, number>([
        [world.tablet.device, 0],
        [tablet.device, 12]
      ])
    );
    expect(await tabletsOf(world.tablet, world.space)).toContainEqual(
      expect.objectContaining({ id: tablet.device, status: { ...status, waiting: 12, free: 200 } })
    );
  });
});

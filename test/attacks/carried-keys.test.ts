import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { classroomTablet, giveClassroomKey, groupOf, pupilIn } from '../support/relay-classroom.ts';
import { founded, guestPupil, second } from '../support/relay-founded.ts';
import { freshKeyFor } from '../support/relay-tablet.ts';

const on = '2026-11-24' as CalendarDate;
const elsewhere = { is: 'refused', code: 'key-elsewhere' };
const accepted = { is: 'accepted' };

describe('a classroom key that was carried to another tablet of the TwinSpace', () => {
  test('[KE14] of a teacher who is not named there does nothing', async () => {
    const world = await founded();
    const { opened } = await giveClassroomKey(world);
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const profile = { member: zoe.account, text: 'x' };
    for (const change of [
      await tablet.sign(opened, 'access.record', { on }, { space: world.space }),
      await tablet.sign(opened, 'member.profile', profile, { space: world.space })
    ])
      expect(await tablet.send(change)).toMatchObject([elsewhere]);
    // Nor does another tablet, where it counts, make it count.
    const named = { groups: 'all', teachers: [world.admin.account] } as const;
    const there = await classroomTablet(world, named);
    const carried = await tablet.sign(opened, 'access.record', { on }, { space: world.space });
    expect(await there.send(carried)).toMatchObject([elsewhere]);
    expect(await there.do(opened, 'access.record', { on }, { space: world.space })).toMatchObject(accepted);
  });

  test('[KE14] of a pupil of another group does nothing', async () => {
    const world = await founded();
    const [sixth, fifth] = [await groupOf(world, '6.º A'), await groupOf(world, '5.º B')];
    const zoe = await pupilIn(world, 'Zoe', sixth);
    const { opened } = await giveClassroomKey(world, zoe);
    const other = await classroomTablet(world, { groups: [fifth], teachers: [] });
    expect(await other.do(opened, 'access.record', { on }, { space: world.space })).toMatchObject(elsewhere);
    const own = await classroomTablet(world, { groups: [sixth], teachers: [] });
    expect(await own.do(opened, 'access.record', { on }, { space: world.space })).toMatchObject(accepted);
  });

  test('[KE14, TB5] of a pupil at home elsewhere does nothing, though they signed in there with their password', async () => {
    const world = await founded();
    const mares = await second(world);
    const iker = await guestPupil(world, mares);
    const { opened } = await giveClassroomKey(mares, iker);
    const tablet = await classroomTablet(world);
    expect((await tablet.signIn(iker)).status).toBe(200);
    expect(await tablet.do(opened, 'access.record', { on }, { space: world.space })).toMatchObject(elsewhere);
    expect(await tablet.do(iker, 'access.record', { on }, { space: world.space })).toMatchObject(accepted);
  });
});

describe('work under the right name that arrives late', () => {
  test('[KE14] counts though its pupil is in another group since', async () => {
    const world = await founded();
    const sixth = await groupOf(world, '6.º A');
    const zoe = await pupilIn(world, 'Zoe', sixth);
    const { opened } = await giveClassroomKey(world, zoe);
    const tablet = await classroomTablet(world, { groups: [sixth], teachers: [] });
    await tablet.report();
    const args = { member: zoe.account, text: 'Soy Zoe' };
    const waiting = await tablet.sign(opened, 'member.profile', args, { space: world.space });
    const out = { member: zoe.account, add: [], remove: [sixth] };
    await world.tablet.do(world.admin, 'member.groups', out, { space: world.space });
    await tablet.report();
    expect(await tablet.send(waiting)).toMatchObject([accepted]);
  });

  test('[KE14] counts though its teacher is not named there any more, and whoever brings it', async () => {
    const world = await founded();
    const { opened } = await giveClassroomKey(world);
    const named = { groups: [], teachers: [world.admin.account] } as const;
    const tablet = await classroomTablet(world, named);
    await tablet.report();
    const waiting = [
      await tablet.sign(opened, 'access.record', { on }, { space: world.space }),
      await tablet.sign(opened, 'access.record', { on }, { space: world.space })
    ] as const;
    const set = { tablet: tablet.device, teachers: [] };
    await world.tablet.do(world.admin, 'tablet.set', set, { space: world.space });
    expect(await tablet.send(waiting[0])).toMatchObject([accepted]);
    expect(await world.tablet.send(waiting[1])).toMatchObject([accepted]);
  });

  test('[KE14] counts with pictures that a teacher chose on that very tablet, offline', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const { opened } = await giveClassroomKey(world);
    const tablet = await classroomTablet(world, { groups: [], teachers: [world.admin.account] });
    const made = await freshKeyFor(zoe.account, 'sun', undefined, { scope: 'classroom', by: 'pictures' });
    const args = { account: zoe.account, key: made.key, reason: 'own' } as const;
    const chosen = await tablet.sign(opened, 'key.set', args, { space: world.space }, made.credential);
    const own = { ...zoe, fresh: made.fresh, signing: made.signing };
    const profile = { member: zoe.account, text: 'Soy Zoe' };
    const first = await tablet.sign(own, 'member.profile', profile, { space: world.space });
    expect(await tablet.send(chosen, first)).toMatchObject([accepted, accepted]);
  });
});

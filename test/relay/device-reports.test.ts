import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Draft } from '#lib/domain/records.ts';
import { draftsTag } from '#lib/protocol/drafts-tag.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import { admit, classroomTablet, groupOf, pupilIn, told, waitingTablet } from '../support/relay-classroom.ts';
import { invite, Tablet } from '../support/relay-tablet.ts';
import { founded, guestPupil, second } from '../support/relay-founded.ts';

const full = ({ account }: { account: string }): string => `${account} full password`;

async function keysOn(tablet: Tablet): Promise<readonly string[]> {
  return told((await tablet.report()).body);
}

describe('the tablet of a teacher', () => {
  test('[TB8] lets the teacher’s own pupils in where its owner says so, and no longer when they say no', async () => {
    const world = await founded();
    const { person, tablet: lucas } = await invite(world);
    const luca = { tablet: lucas, admin: person, space: world.space };
    const zoe = await pupilIn(luca, 'Zoe');
    await pupilIn(world, 'Noa');
    const second = new Tablet(world.relay.address);
    await second.signIn(person);
    expect(await keysOn(second)).toEqual([full(person)]);
    const say = (args: { name?: string; pupils?: boolean }) =>
      second.do(person, 'device.set', { device: second.device, ...args }, { space: world.space });
    expect(await say({ pupils: true, name: 'Portátil' })).toMatchObject({ is: 'accepted' });
    expect(await keysOn(second)).toEqual([full(person), full(zoe)].sort());
    const { body } = await second.report();
    expect(body.device).toMatchObject({ kind: 'personal', name: 'Portátil', pupils: true });
    expect([...body.accounts].sort()).toEqual([person.account, zoe.account].sort());
    const to = { account: zoe.account, to: world.admin.account };
    await lucas.do(person, 'account.hand-over', to, { space: world.space });
    expect(await keysOn(second)).toEqual([full(person)]);
    await world.tablet.do(
      world.admin,
      'account.hand-over',
      { account: zoe.account, to: person.account },
      { space: world.space }
    );
    expect(await keysOn(second)).toHaveLength(2);
    await say({ pupils: false });
    expect(await keysOn(second)).toEqual([full(person)]);
    expect((await second.report()).body.accounts).toEqual([person.account]);
  });

  test('[MY6, TB8] its owner is told its name and how it stands', async () => {
    const world = await founded();
    const device = { device: world.tablet.device, name: 'Portátil' };
    await world.tablet.do(world.admin, 'device.set', device, { space: world.space });
    const status = { waiting: 2, files: 1, drafts: 0, refused: 3, app: '0.1.0' };
    expect((await world.tablet.ask('POST', '/api/device/status', status)).status).toBe(200);
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const home = new Tablet(world.relay.address);
    await home.signIn(zoe);
    const mine = (on: Tablet) => on.ask<{ devices: object[] }>('GET', '/api/devices');
    expect((await mine(world.tablet)).body.devices).toMatchObject([
      { id: world.tablet.device, mine: true, here: true, name: 'Portátil', status }
    ]);
    // Where a pupil's key only lies they were not let in.
    await tablet.report();
    const before = (await mine(home)).body.devices;
    expect(before).not.toContainEqual(expect.objectContaining({ id: tablet.device }));
    expect(before).not.toContainEqual(expect.objectContaining({ status }));
    await tablet.signIn(zoe);
    expect((await mine(home)).body.devices).toContainEqual(
      expect.objectContaining({ id: tablet.device, kind: 'classroom', mine: false, name: 'Carro 1' })
    );
  });
});

describe('drafts', () => {
  test('[DR1] are told to the devices of whoever began them, and to no other', async () => {
    const world = await founded();
    const [zoe, noa] = [await pupilIn(world, 'Zoe'), await pupilIn(world, 'Noa')];
    const tablet = await classroomTablet(world);
    await tablet.signIn(zoe);
    const keep = { place: 'profile', text: 'Me gusta el río' } as const;
    expect(await tablet.do(zoe, 'draft.keep', keep, { space: world.space })).toMatchObject({
      is: 'accepted'
    });
    const drafts = async (on: Tablet) => (await on.report()).body.drafts;
    const draft = { ...keep, account: zoe.account, space: world.space, on: '2026-11-24' };
    expect(await drafts(tablet)).toEqual([draft]);
    const home = new Tablet(world.relay.address);
    await home.signIn(zoe);
    expect(await drafts(home)).toEqual([draft]);
    const others = new Tablet(world.relay.address);
    await others.signIn(noa);
    expect(await drafts(others)).toEqual([]);
    const members = await home.follow(`members/${world.space}@1`).synced();
    expect(JSON.stringify(members.records)).not.toContain('Me gusta');
    await tablet.do(zoe, 'draft.keep', { place: 'profile', text: '' }, { space: world.space });
    expect(await drafts(home)).toEqual([]);
  });
});

test('[DR4, SI10] a report in which nothing changed tells neither keys nor drafts, and other drafts with the same keys', async () => {
  const world = await founded();
  const zoe = await pupilIn(world, 'Zoe');
  const tablet = await classroomTablet(world);
  const keep = (text: string) =>
    tablet.do(zoe, 'draft.keep', { place: 'profile', text }, { space: world.space });
  await keep('Me gusta el río');
  const { credentialsTag: credentials, drafts } = (await tablet.report()).body;
  const again = async (had: readonly Draft[]): Promise<DeviceReport> => {
    const query = new URLSearchParams({ credentials, drafts: await draftsTag(had) });
    return (await tablet.ask<DeviceReport>('GET', `/api/device?${query}`)).body;
  };
  const quiet = await again(drafts);
  for (const same of ['accounts', 'credentials', 'drafts']) expect(quiet).not.toHaveProperty(same);
  expect(JSON.stringify(quiet).length).toBeLessThan(600);
  // In whichever order, and whatever day the device has noted.
  expect(
    await again(drafts.map((draft) => ({ ...draft, on: '2020-01-01' as Draft['on'] })))
  ).not.toHaveProperty('drafts');
  await keep('Me gusta el mar');
  const changed = await again(drafts);
  expect(changed).not.toHaveProperty('credentials');
  expect(changed.drafts).toMatchObject([{ text: 'Me gusta el mar' }]);
  await keep('');
  expect((await again(changed.drafts ?? [])).drafts).toEqual([]);
  expect(await again([])).not.toHaveProperty('drafts');
});

describe('a tablet that follows', () => {
  test('[SI11] is sent to ask when somebody comes into its groups, and when one of them gets a new password', async () => {
    const world = await founded();
    const [sixth, fifth] = [await groupOf(world, '6.º A'), await groupOf(world, '5.º B')];
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world, { groups: [sixth], teachers: [] });
    const other = await classroomTablet(world, { groups: [fifth], teachers: [] });
    const rooms = `members/${world.space}@1`;
    const [ours, theirs] = [await tablet.follow(rooms).synced(), await other.follow(rooms).synced()];
    const groups = (add: typeof sixth) =>
      world.tablet.do(
        world.admin,
        'member.groups',
        { member: zoe.account, add: [add], remove: [] },
        { space: world.space }
      );
    await groups(sixth);
    expect(await ours.closed).toBe(4403);
    const profile = { member: zoe.account, text: 'Hola' };
    await world.tablet.do(world.admin, 'member.profile', profile, { space: world.space });
    await groups(fifth);
    expect(await theirs.closed).toBe(4403);
    expect(await keysOn(other)).toEqual([full(zoe)]);
  });

  test('[SI11, TB9] is sent to ask when a pupil of its class becomes a teacher at home elsewhere', async () => {
    const world = await founded();
    const mares = await second(world);
    const iker = await guestPupil(world, mares);
    const room = `members/${world.space}@1`;
    const [tablet, other] = [await classroomTablet(world), await classroomTablet(world)];
    expect((await tablet.signIn(iker)).status).toBe(200);
    const [ours, theirs] = [await tablet.follow(room).synced(), await other.follow(room).synced()];
    const raise = { member: iker.account, role: 'teacher', typed: iker.username } as const;
    expect(await mares.tablet.do(mares.admin, 'member.role', raise, { space: mares.space })).toMatchObject({
      is: 'accepted'
    });
    expect(await ours.closed).toBe(4403);
    expect(await keysOn(tablet)).toEqual([]);
    // One that never had anything of the pupil follows on.
    await world.tablet.do(world.admin, 'space.rename', { name: 'Ríos' }, { space: world.space });
    await theirs.until(() => JSON.stringify(theirs.get('meta', 'space')).includes('"Ríos"'));
  });

  test('[SI11] is not sent again at each of many changes, but once after fifteen seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const world = await founded();
    const tablet = await classroomTablet(world);
    const room = `members/${world.space}@1`;
    const first = await tablet.follow(room).synced();
    await pupilIn(world, 'Zoe');
    expect(await first.closed).toBe(4403);
    const second = await tablet.follow(room).synced();
    for (const name of ['Noa', 'Teo', 'Eva']) await pupilIn(world, name);
    // Still there: it follows what comes.
    await second.until(() => second.version === 7);
    vi.advanceTimersByTime(15_000);
    expect(await second.closed).toBe(4403);
    const third = await tablet.follow(room).synced();
    vi.advanceTimersByTime(15_000);
    // Quiet since: the next change is told at once.
    await third.synced();
    await pupilIn(world, 'Ivo');
    expect(await third.closed).toBe(4403);
  });

  test('[TB4] one that waits has no sockets, whatever it asks for', async () => {
    const world = await founded();
    const tablet = await waitingTablet(world);
    for (const document of ['members', 'staff'])
      expect(await tablet.follow(`${document}/${world.space}@1`).closed).toBe(4403);
    await admit(world, tablet);
    expect(await tablet.follow(`staff/${world.space}@1`).closed).toBe(4403);
    expect((await tablet.follow(`members/${world.space}@1`).synced()).version).toBeGreaterThan(1);
  });
});

import { describe, expect, test } from 'vitest';
import { mostTabletsInSpace } from '#lib/domain/tablet-room.ts';
import { mostOpenOffers } from '#relay/gate/offers.ts';
import { admit, ask, classroomTablet, offer, waitingTablet, type Staff } from '../support/relay-classroom.ts';
import { founded } from '../support/relay-founded.ts';
import { freshId, invite, Tablet } from '../support/relay-tablet.ts';
import type { TestRelay } from '../support/relay.ts';

/** Tablets that ask, as many as the offer has room for; ids whose digits are taken are chosen anew (TB12). */
async function asking(world: TestRelay & Staff, count: number): Promise<readonly Tablet[]> {
  const tablets: Tablet[] = [];
  const { secret } = await offer(world, { count });
  while (tablets.length < count) {
    world.clock.addSeconds(1);
    const tablet = new Tablet(world.relay.address);
    const { status, body } = await ask(tablet, { secret });
    if (status === 200) tablets.push(tablet);
    else expect(body.code).toBe('device-taken');
  }
  return tablets;
}

/** The answer to a tablet that asks; an id whose digits are taken is chosen anew (TB12). */
async function askUntaken(tablet: Tablet, secret: string): ReturnType<typeof ask> {
  for (;;) {
    const answer = await ask(tablet, { secret });
    if (answer.body.code !== 'device-taken') return answer;
    tablet.device = freshId();
  }
}

describe('a TwinSpace with as many tablets as it may have', () => {
  test('[TB13] lets no more ask, those that wait among them, until one is revoked', async () => {
    const world = await founded();
    const active = await classroomTablet(world);
    const waiting = [];
    for (const count of [60, 60, 60, mostTabletsInSpace - 181]) waiting.push(...(await asking(world, count)));
    const { secret } = await offer(world, { count: 3 });
    const late = new Tablet(world.relay.address);
    expect(await askUntaken(late, secret)).toMatchObject({ status: 409, body: { code: 'tablets-full' } });
    // What this browser was before makes room for what it becomes.
    active.device = freshId();
    expect((await askUntaken(active, secret)).status).toBe(200);
    expect((await askUntaken(late, secret)).body).toMatchObject({ code: 'tablets-full' });
    const [first] = waiting;
    if (!first) throw new Error('nobody waits');
    await world.tablet.do(world.admin, 'device.revoke', { device: first.device }, { space: world.space });
    expect((await askUntaken(late, secret)).status).toBe(200);
  }, 60_000);
});

describe('offers that are open at once', () => {
  test('[TB15] are so many of one person and no more, until one is used up or over', async () => {
    const world = await founded();
    const partner = await invite(world);
    const first = await offer(world);
    for (let more = 1; more < mostOpenOffers; more++)
      expect((await offer(world)).verdict).toMatchObject({ is: 'accepted' });
    expect((await offer(world)).verdict).toMatchObject({ is: 'refused', code: 'too-many-offers' });
    // Nobody stands in a colleague's way.
    const luca = { tablet: partner.tablet, admin: partner.person, space: world.space };
    expect((await offer(luca, { groups: [] })).verdict).toMatchObject({ is: 'accepted' });
    expect((await ask(new Tablet(world.relay.address), { secret: first.secret })).status).toBe(200);
    expect((await offer(world)).verdict).toMatchObject({ is: 'accepted' });
    expect((await offer(world)).verdict).toMatchObject({ code: 'too-many-offers' });
    world.clock.addSeconds(600);
    expect((await offer(world)).verdict).toMatchObject({ is: 'accepted' });
  });
});

describe('the offer of somebody who may not offer any more', () => {
  /** Luca offers, one tablet asks, and then something happens to Luca or to the TwinSpace. */
  async function offeredByLuca() {
    const world = await founded();
    const { person, tablet } = await invite(world);
    const luca = { tablet, admin: person, space: world.space };
    const { secret } = await offer(luca, { groups: [], count: 3 });
    const asked = new Tablet(world.relay.address);
    expect((await ask(asked, { secret })).status).toBe(200);
    return { world, luca, secret, asked };
  }
  type Offered = Awaited<ReturnType<typeof offeredByLuca>>;

  const ends: readonly [string, (offered: Offered) => Promise<unknown>, string][] = [
    [
      'removed',
      ({ world, luca }) =>
        world.tablet.do(world.admin, 'member.remove', { member: luca.admin.account }, { space: world.space }),
      'not-a-member'
    ],
    [
      'made a pupil',
      ({ world, luca }) =>
        world.tablet.do(
          world.admin,
          'member.role',
          { member: luca.admin.account, role: 'pupil' },
          { space: world.space }
        ),
      'not-permitted'
    ],
    [
      'of an archived TwinSpace',
      ({ world }) => world.tablet.do(world.admin, 'space.archive', {}, { space: world.space }),
      'space-archived'
    ]
  ];
  test.each(ends)('[TB14] %s lets no tablet in any more', async (_, end, code) => {
    const offered = await offeredByLuca();
    const { world, luca, secret, asked } = offered;
    expect(await end(offered)).toMatchObject({ is: 'accepted' });
    const late = new Tablet(world.relay.address);
    for (const path of ['/api/tablets/look', '/api/tablets/ask'] as const) {
      const body = path.endsWith('ask') ? { device: late.device, name: 'Carro 2' } : {};
      expect(await late.ask('POST', path, { offer: { secret }, ...body })).toMatchObject({
        status: 410,
        body: { code: 'offer-withdrawn' }
      });
    }
    expect(late.cookie).toBeUndefined();
    const scope = { groups: [], teachers: [] };
    expect(await admit(luca, asked, scope)).toMatchObject({ is: 'refused', code });
    expect((await asked.report()).body.rooms).toEqual([]);
    const archived = code === 'space-archived';
    expect(await admit(world, asked, scope)).toMatchObject({ is: archived ? 'refused' : 'accepted' });
  });

  test('[TB14, TB2] who became a teacher says yes to no more than a teacher', async () => {
    const world = await founded();
    const partner = await invite(world, 'teacher-admin');
    const oksana = { tablet: partner.tablet, admin: partner.person, space: world.space };
    const asked = await waitingTablet(oksana);
    const role = { member: partner.person.account, role: 'teacher' } as const;
    await world.tablet.do(world.admin, 'member.role', role, { space: world.space });
    expect(await admit(oksana, asked)).toMatchObject({ is: 'refused', code: 'only-administrators' });
    expect(await admit(oksana, asked, { groups: [], teachers: [] })).toMatchObject({ is: 'accepted' });
  });
});

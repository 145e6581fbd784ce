import { describe, expect, test } from 'vitest';
import { founded } from '../support/relay-founded.ts';
import { addPupil, Tablet, type Person } from '../support/relay-tablet.ts';

/** How many of so many wrong passwords were looked at. */
async function guess(tablet: Tablet, at: Person, times: number): Promise<number> {
  let looked = 0;
  for (let attempt = 0; attempt < times; attempt++) {
    const { body } = await tablet.signIn({ ...at, password: `guess ${attempt}` });
    if (body.code === 'sign-in-wrong') looked += 1;
    else expect(body.code).toBe('slow-down');
  }
  return looked;
}

/** A fresh device of this person. */
async function freshDevice(address: string, person: Person): Promise<Tablet> {
  const tablet = new Tablet(address);
  expect((await tablet.signIn(person)).status).toBe(200);
  return tablet;
}

describe('guessing an administrator’s password', () => {
  test('[SI16] fresh devices of a pupil give no fresh guesses', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    let looked = 0;
    for (let device = 0; device < 8; device++)
      looked += await guess(await freshDevice(world.relay.address, pupil), world.admin, 3);
    expect(looked).toBe(3);
  });

  test('[SI16, SI4] all together have twenty, and none of them holds up whoever has signed in on that device', async () => {
    const world = await founded();
    const { address } = world.relay;
    let looked = 0;
    const devices: Tablet[] = [];
    for (const family of ['Uno', 'Dos', 'Tres', 'Cuatro', 'Cinco', 'Seis', 'Siete', 'Ocho', 'Nueve']) {
      const { pupil } = await addPupil(world, 'Zoe', family);
      const tablet = await freshDevice(address, pupil);
      devices.push(tablet);
      looked += await guess(tablet, world.admin, 3);
    }
    expect(looked).toBe(20);
    expect((await world.tablet.signIn(world.admin)).status).toBe(200);
    expect((await new Tablet(address).signIn(world.admin)).body.code).toBe('slow-down');
    world.clock.addSeconds(60);
    expect((await new Tablet(address).signIn(world.admin)).status).toBe(200);
    // A right password takes back its own attempt, not what others tried.
    world.clock.addSeconds(1);
    let more = 0;
    for (const tablet of devices) more += await guess(tablet, world.admin, 1);
    expect(more).toBeLessThan(2);
  });
});

describe('enrolling devices without end', () => {
  test('[SI17] of twenty-one the one longest not in contact asks for the password again, and keeps what waits', async () => {
    const world = await founded();
    const { address } = world.relay;
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const first = await freshDevice(address, pupil);
    await first.report();
    const followed = first.follow(`members/${world.space}@1`);
    await followed.synced();
    world.clock.addDays(1);
    const others: Tablet[] = [];
    for (let device = 0; device < 19; device++) others.push(await freshDevice(address, pupil));
    expect((await others[0]?.report())?.body.device.ownerOut).toBeUndefined();
    const last = await freshDevice(address, pupil);
    expect(await followed.closed).toBe(4403);
    const { body } = await first.report();
    expect([body.device.ownerOut, body.rooms]).toEqual([true, []]);
    for (const tablet of [...others, last])
      expect((await tablet.report()).body.accounts).toEqual([pupil.account]);
    const draft = { place: 'profile', text: 'Me gusta el mar' } as const;
    expect(await first.do(pupil, 'draft.keep', draft, { space: world.space })).toMatchObject({
      is: 'accepted'
    });
  });

  test('[SI17, HT4] new ones come at a limited rate', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    for (let device = 0; device < 40; device++) await freshDevice(world.relay.address, pupil);
    const refused = await new Tablet(world.relay.address).signIn(pupil);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many' } });
    world.clock.addSeconds(600);
    await freshDevice(world.relay.address, pupil);
  });
});

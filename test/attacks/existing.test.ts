import { describe, expect, test } from 'vitest';
import { addPupil, found, freshKeyFor, invite, Tablet } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

async function founded() {
  const test = await testRelay();
  const world = await found(test.relay.address, test.setUp);
  const { pupil } = await addPupil(world, 'Angel', 'Cano');
  return { ...test, ...world, pupil };
}

const find = (tablet: Tablet, username: string) => tablet.ask('POST', '/api/accounts/find', { username });
const next = (tablet: Tablet, base: string) => tablet.ask('POST', '/api/usernames/next', { base });

describe('somebody with a list of names', () => {
  test('[JO8] gains nothing by more devices: one person asks only so much', async () => {
    const { relay, tablet, admin } = await founded();
    for (let asked = 0; asked < 40; asked++) await find(tablet, `a.b.${asked + 1}`);
    const second = new Tablet(relay.address);
    await second.signIn(admin);
    expect((await find(second, 'a.b.99')).status).toBe(429);
  });

  test('[HT10, HT4] does not learn by free numbers which names there are on the relay', async () => {
    const { relay, tablet, admin } = await founded();
    expect((await next(tablet, 'angel.cano')).body).toEqual({ username: 'angel.cano.2' });
    const answers = await Promise.all(Array.from({ length: 200 }, () => next(tablet, 'angel.cano')));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(50);
    const second = new Tablet(relay.address);
    await second.signIn(admin);
    expect((await next(second, 'angel.cano')).status).toBe(429);
  });

  test('[HA1] does not learn by the clock whose hand went up', async () => {
    const { relay, pupil } = await founded();
    const tablet = new Tablet(relay.address);
    for (const who of [pupil.username, 'nobody.here.1']) {
      const before = performance.now();
      await tablet.ask('POST', '/api/hands', { who });
      expect(performance.now() - before).toBeGreaterThan(190);
    }
  });

  test('[SI3] does not learn which id is an account’s by writing it otherwise', async () => {
    const { relay, pupil } = await founded();
    const tablet = new Tablet(relay.address);
    for (const id of [pupil.account, crypto.randomUUID()]) {
      const start = (username: string) =>
        tablet.ask('POST', '/api/sign-in/start', { username, for: 'password' });
      expect((await start(id.toUpperCase())).body).toEqual((await start(id)).body);
    }
  });
});

describe('a teacher who was removed', () => {
  test('[SI6] is given no new sealed key of a pupil, and no name', async () => {
    const world = await founded();
    const { space, admin } = world;
    const { tablet, person } = await invite(world);
    const { pupil } = await addPupil({ tablet, admin: person, space }, 'Zoe', 'Lago');
    const held = async () => (await tablet.report()).body.credentials.map(({ account }) => account);
    expect([...(await held())].sort()).toEqual([person.account, pupil.account].sort());
    await world.tablet.do(admin, 'member.remove', { member: person.account }, { space });
    const { key, credential } = await freshKeyFor(pupil.account, 'nube4barco');
    const set = { account: pupil.account, key, reason: 'forgotten' } as const;
    expect(await world.tablet.do(admin, 'key.set', set, { space }, credential)).toMatchObject({
      is: 'accepted'
    });
    expect(await held()).toEqual([person.account]);
    await world.tablet.do(admin, 'member.restore', { member: person.account }, { space });
    expect(await held()).toContain(pupil.account);
  });

  test('[SI6] whoever shares nothing with the owner of a device still signs in there', async () => {
    const { relay, pupil } = await founded();
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const other = await found(relay.address, secret, { name: 'Mares' });
    await other.tablet.signIn(pupil);
    const { body } = await other.tablet.report();
    expect(body.credentials.map(({ account }) => account)).toContain(pupil.account);
  });
});

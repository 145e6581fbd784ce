import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { addPupil, found, freshKeyFor, invite, newcomer, Tablet } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

async function founded() {
  const test = await testRelay();
  const world = await found(test.relay.address, test.setUp);
  const { pupil } = await addPupil(world, 'Angel', 'Cano');
  return { ...test, ...world, pupil };
}

const stranger = (address: string) => new Tablet(address);

describe('raised hands', () => {
  test('[HA1] a pupil raises a hand without signing in, by username or card; staff see the day', async () => {
    const { relay, tablet, space, pupil } = await founded();
    const staff = await tablet.follow(`staff/${space}@1`).synced();
    const before = Number(staff.version);
    const raised = await stranger(relay.address).ask('POST', '/api/hands', { who: pupil.username });
    expect(raised).toMatchObject({ status: 200, body: {} });
    await staff.until(() => staff.get('hands', pupil.account) === '2026-11-24');
    expect(staff.version).toBe(before + 1);
    await stranger(relay.address).ask('POST', '/api/hands', { who: pupil.account });
    const later = await tablet.follow(`staff/${space}@1`).synced();
    expect(later.version).toBe(before + 1);
  });

  test('[HA1] the answer does not tell whether anybody has that name; adults raise none', async () => {
    const { relay, tablet, space, admin } = await founded();
    for (const who of ['nobody.here.1', admin.username, admin.account, crypto.randomUUID(), '']) {
      const { status, body } = await stranger(relay.address).ask('POST', '/api/hands', { who });
      expect({ status, body }).toEqual({ status: 200, body: {} });
    }
    const staff = await tablet.follow(`staff/${space}@1`).synced();
    expect(staff.records['hands']).toBeUndefined();
  });

  test('[HA1] what is no name is refused, and one address cannot ask without end', async () => {
    const { relay } = await founded();
    const tablet = stranger(relay.address);
    expect((await tablet.ask('POST', '/api/hands', { who: 1 })).status).toBe(400);
    expect((await tablet.ask('POST', '/api/hands', { who: 'x'.repeat(5000) })).status).toBe(413);
    expect((await tablet.ask('POST', '/api/hands', { who: 'x', also: 1 })).status).toBe(400);
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => tablet.ask('POST', '/api/hands', { who: 'x' }))
    );
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(50);
  });

  test('[HA3] a new password takes the hand down for everybody', async () => {
    const { relay, tablet, admin, space, pupil } = await founded();
    await stranger(relay.address).ask('POST', '/api/hands', { who: pupil.username });
    const { key, credential } = await freshKeyFor(pupil.account, 'nube4barco');
    const args = { account: pupil.account, key, reason: 'forgotten' } as const;
    await tablet.do(admin, 'key.set', args, { space }, credential);
    const staff = await tablet.follow(`staff/${space}@1`).synced();
    expect(staff.records['hands']).toBeUndefined();
  });

  test('[HA1] other pupils see nothing of it', async () => {
    const { relay, tablet, space, pupil } = await founded();
    await stranger(relay.address).ask('POST', '/api/hands', { who: pupil.account });
    const members = await tablet.follow(`members/${space}@1`).synced();
    expect(members.records['hands']).toBeUndefined();
  });
});

describe('signing in with a card', () => {
  test('[SI9] the id of the account opens it, whatever its username became', async () => {
    const { relay, tablet, admin, space, pupil } = await founded();
    const rename = { account: pupil.account, username: 'angel.cano.7' };
    expect(await tablet.do(admin, 'account.rename', rename, { space })).toMatchObject({ is: 'accepted' });
    const other = stranger(relay.address);
    const answer = await other.signIn({ username: pupil.account, password: pupil.password });
    expect(answer.status).toBe(200);
    expect(answer.body.report?.accounts).toEqual([pupil.account]);
    const wrong = await stranger(relay.address).signIn({ username: pupil.account, password: 'wrong' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'sign-in-wrong' } });
  });

  test('[SI9, SI4] wrong passwords count together, by whichever name they were tried', async () => {
    const { relay, pupil } = await founded();
    const tablet = stranger(relay.address);
    const wrong = async (username: string) =>
      (await tablet.signIn({ username, password: 'wrong1' })).body.code;
    const answers = [];
    for (const name of [pupil.username, pupil.account, pupil.username, pupil.account, pupil.username])
      answers.push(await wrong(name));
    expect(answers).toEqual([...Array<string>(3).fill('sign-in-wrong'), 'slow-down', 'slow-down']);
  });

  test('[SI9] an id that nobody has is answered like one that somebody has', async () => {
    const { relay } = await founded();
    const id = crypto.randomUUID();
    const start = { username: id, for: 'password' };
    const one = await stranger(relay.address).ask('POST', '/api/sign-in/start', start);
    expect(one.status).toBe(200);
    const again = await stranger(relay.address).ask('POST', '/api/sign-in/start', start);
    expect(again.body).toEqual(one.body);
  });
});

describe('finding a pupil', () => {
  const find = (tablet: Tablet, username: string) => tablet.ask('POST', '/api/accounts/find', { username });

  test('[JO8] staff find a pupil anywhere on the relay by the exact username: username and school', async () => {
    const world = await founded();
    const { relay, pupil, space, admin } = world;
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const other = await found(relay.address, secret, {
      name: 'Mares',
      admin: await newcomer('Oksana', 'More')
    });
    expect(await find(other.tablet, 'Ángel.Cano.1')).toMatchObject({
      status: 200,
      body: {
        account: pupil.account,
        username: 'angel.cano.1',
        school: '',
        home: space,
        custodian: admin.account
      }
    });
    const { body } = await find(other.tablet, 'angel.cano.1');
    expect(Object.keys(body).sort()).toEqual(['account', 'custodian', 'home', 'school', 'username']);
    for (const name of ['angel.cano', 'angel.cano.2', admin.username, pupil.account, ''])
      expect(await find(other.tablet, name)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  test('[JO8] who shares a TwinSpace with the pupil is told the names too', async () => {
    const world = await founded();
    const { tablet } = await invite(world);
    expect((await find(tablet, 'angel.cano.1')).body).toMatchObject({
      display: 'Angel Cano',
      given: 'Angel'
    });
  });

  test('[JO8] nobody else finds anybody: no pupil, no stranger', async () => {
    const { relay, pupil } = await founded();
    expect((await find(stranger(relay.address), 'angel.cano.1')).status).toBe(401);
    const own = stranger(relay.address);
    await own.signIn(pupil);
    expect(await find(own, 'angel.cano.1')).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  });

  test('[JO8] a device that asks for many names must wait', async () => {
    const { tablet } = await founded();
    const answers = [];
    for (let asked = 0; asked < 45; asked++) answers.push((await find(tablet, `a.b.${asked + 1}`)).status);
    expect(answers.slice(0, 40).every((status) => status === 404)).toBe(true);
    expect(answers.slice(40).every((status) => status === 429)).toBe(true);
  });
});

describe('what waits on devices', () => {
  const saying = (waiting: unknown) => ({
    waiting,
    files: 0,
    drafts: 1,
    refused: 0,
    free: 512,
    app: '0.1.0'
  });

  test('[SP6] a device says how much waits; administrators see it, nobody else', async () => {
    const world = await founded();
    const { tablet, space, admin, pupil, relay } = world;
    const teacher = await invite(world);
    expect((await teacher.tablet.ask('POST', '/api/device/status', saying(7))).status).toBe(200);
    const asked = (who: Tablet) => who.ask('GET', `/api/spaces/${space}/devices`);
    const { status, body } = await asked(tablet);
    expect(status).toBe(200);
    const today = '2026-11-24' as CalendarDate;
    const known = (id: string, owner: string, waiting: number) => ({
      id,
      owner,
      waiting,
      kind: 'personal',
      lastContact: today
    });
    const devices = body['devices'] as { id: string }[];
    expect([...devices].sort((a, b) => a.id.localeCompare(b.id))).toEqual(
      [known(tablet.device, admin.account, 0), known(teacher.tablet.device, teacher.person.account, 7)].sort(
        (a, b) => a.id.localeCompare(b.id)
      )
    );
    expect((await asked(teacher.tablet)).status).toBe(403);
    const own = stranger(relay.address);
    await own.signIn(pupil);
    expect((await asked(own)).status).toBe(403);
    expect((await tablet.ask('GET', `/api/spaces/${crypto.randomUUID()}/devices`)).status).toBe(403);
    expect((await tablet.ask('GET', '/api/spaces/x/devices')).status).toBe(400);
  });

  test.each([-1, 1.5, 1e9, '3'])('[SP6] %s is no number of changes', async (count) => {
    const { tablet } = await founded();
    expect((await tablet.ask('POST', '/api/device/status', saying(count))).status).toBe(400);
  });
});

import { describe, expect, test } from 'vitest';
import { sha256 } from '#lib/crypto/encoding.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import {
  addPupil,
  found,
  freshId,
  freshKeyFor,
  invite,
  Tablet,
  type Answer
} from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';
import { founded } from '../support/relay-founded.ts';

const start = (tablet: Tablet, username: string, use = 'password'): Promise<Answer> =>
  tablet.ask('POST', '/api/sign-in/start', { username, for: use });

describe('the device', () => {
  test('[SI1] its cookie is of this host alone, unreadable for scripts, and not in the database', async () => {
    const { relay, setUp, folder } = await testRelay();
    const { tablet, admin, space } = await found(relay.address, setUp);
    const answer = await new Tablet(relay.address).signIn(admin);
    const [line] = answer.headers.getSetCookie();
    expect(line).toMatch(
      /^__Host-twinspace-device=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; Secure; SameSite=Strict$/
    );
    expect(space).toBeDefined();
    await relay.stop();
    const database = openDatabase(folder);
    const rows = JSON.stringify(database.prepare('SELECT * FROM devices').all());
    database.close();
    expect(rows).not.toContain(tablet.cookie);
    expect(rows).toContain(await sha256(tablet.cookie ?? ''));
  });

  test('[SI5] signing in enrols a new device with its owner, and lets in whoever signs in there later', async () => {
    const world = await founded();
    const partner = await invite(world);
    const home = new Tablet(world.relay.address);
    const first = await home.signIn(world.admin);
    expect(first.body.report?.device).toEqual({
      id: home.device,
      kind: 'personal',
      owner: world.admin.account
    });
    const second = await home.signIn(partner.person);
    expect(second.headers.get('set-cookie')).toBeNull();
    expect(second.body.report?.device.owner).toBe(world.admin.account);
    expect([...(second.body.report?.accounts ?? [])].sort()).toEqual(
      [world.admin.account, partner.person.account].sort()
    );
  });

  test('[SI5] an id that another cookie stands for is refused, and a device that lost its cookie enrols anew', async () => {
    const { relay, admin, tablet } = await founded();
    const thief = new Tablet(relay.address);
    thief.device = tablet.device;
    const refused = await thief.signIn(admin);
    expect([refused.status, refused.body]).toEqual([409, { code: 'device-taken' }]);
    thief.device = freshId();
    expect((await thief.signIn(admin)).status).toBe(200);
  });

  test('[SI5] a tablet that lost its id but not its cookie enrols anew', async () => {
    const { admin, tablet } = await founded();
    const before = tablet.cookie;
    tablet.device = freshId();
    const answer = await tablet.signIn(admin);
    expect(answer.body.report?.device.id).toBe(tablet.device);
    expect(tablet.cookie).not.toBe(before);
  });

  test('[SI6] a device is given the keys of whom it let in, and nobody else’s', async () => {
    const world = await founded();
    const partner = await invite(world);
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const { body } = await partner.tablet.report();
    expect(body.credentials.map((credential) => credential.account)).toEqual([partner.person.account]);
    expect(JSON.stringify(body)).not.toContain('proveHash');
    const own = await world.tablet.report();
    expect(own.body.credentials.map((credential) => credential.account).sort()).toEqual(
      [world.admin.account, pupil.account].sort()
    );
    expect(own.body.credentials.find((credential) => credential.account === pupil.account)).toMatchObject({
      username: 'zoe.navarro.1',
      display: 'Zoe Navarro',
      home: world.space,
      scope: 'full',
      publicKey: pupil.fresh.publicKey
    });
  });

  test('[SI6] a pupil’s device is given the members document only, and after a removal none', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const home = new Tablet(world.relay.address);
    await home.signIn(pupil);
    expect((await home.report()).body.rooms).toEqual([`members/${world.space}@1`]);
    await world.tablet.do(world.admin, 'member.remove', { member: pupil.account }, { space: world.space });
    expect((await home.report()).body.rooms).toEqual([]);
  });

  test('[SI7] of a device’s contacts the date of the last is kept, and no time', async () => {
    const { relay, tablet, clock, folder } = await founded();
    clock.addDays(3);
    await tablet.report();
    await relay.stop();
    const database = openDatabase(folder);
    const row = database.prepare('SELECT * FROM devices').get();
    database.close();
    expect(row).toMatchObject({ created: '2026-11-24', last_contact: '2026-11-27' });
    expect(Object.values(row ?? {}).join(' ')).not.toMatch(/\d\d:\d\d/);
  });

  test('[SI8] a revoked device is told so, and nothing else', async () => {
    const { relay, tablet, admin } = await founded();
    await relay.revokeDevice(tablet.device);
    for (const answer of [
      await tablet.report(),
      await tablet.ask('POST', '/api/usernames/next', { base: 'zoe.navarro' }),
      await tablet.signIn(admin)
    ]) {
      expect([answer.status, answer.body]).toEqual([403, { code: 'device-revoked' }]);
    }
  });
});

describe('a device that was revoked', () => {
  test('[SI5, SI8] comes back under a fresh id, as a new device, when somebody signs in', async () => {
    const { relay, tablet, admin } = await founded();
    const before = tablet.cookie;
    await relay.revokeDevice(tablet.device);
    tablet.device = freshId();
    expect((await tablet.signIn(admin)).body.report?.device.id).toBe(tablet.device);
    expect(tablet.cookie).not.toBe(before);
    expect((await tablet.report()).status).toBe(200);
  });
});

describe('the password', () => {
  test('[SI2] opens the account’s current key: after a new password the old one no longer does', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const { key, credential, fresh } = await freshKeyFor(pupil.account, 'rana7trucha2');
    const args = { account: pupil.account, key, reason: 'forgotten' } as const;
    await world.tablet.do(world.admin, 'key.set', args, { space: world.space }, credential);
    const home = new Tablet(world.relay.address);
    expect(await home.signIn(pupil)).toMatchObject({ status: 401, body: { code: 'sign-in-wrong' } });
    const answer = await home.signIn({ ...pupil, password: 'rana7trucha2' });
    expect(answer.body).toMatchObject({ credential: { key: fresh.id } });
  });

  test('[SI2] a recovery code opens the key too, by its own seal', async () => {
    const { relay, admin } = await founded();
    const home = new Tablet(relay.address);
    const answer = await home.signIn({ ...admin, password: 'RECOV-ERYCO-DE000' }, 'recovery');
    expect(answer.status).toBe(200);
    expect(await new Tablet(relay.address).signIn(admin, 'recovery')).toMatchObject({ status: 401 });
  });

  test('[SI2] a username is read as it was meant: case and form of the letters apart', async () => {
    const { relay, admin } = await founded();
    const home = new Tablet(relay.address);
    expect((await home.signIn({ ...admin, username: ' MARTA.Rios.1 ' })).status).toBe(200);
  });

  test('[SI3] a name that nobody has is answered like one that somebody has, always the same', async () => {
    const world = await founded();
    const tablet = new Tablet(world.relay.address);
    const real = await start(tablet, 'marta.rios.1');
    const fake = await start(tablet, 'nadie.nunca.1');
    expect(fake.status).toBe(real.status);
    expect(Object.keys(fake.body)).toEqual(Object.keys(real.body));
    expect(fake.body['salt']).toMatch(/^[./A-Za-z0-9]{21}[.Oeu]$/);
    expect(fake.body['cost']).toBe(real.body['cost']);
    expect((await start(tablet, ' Nadie.NUNCA.1')).body).toEqual(fake.body);
    expect((await start(tablet, 'nadie.nunca.2')).body).not.toEqual(fake.body);
    expect((await start(tablet, 'nadie.nunca.1', 'recovery')).body).not.toEqual(fake.body);
    const wrong = await tablet.signIn({ username: 'nadie.nunca.1', password: 'x' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'sign-in-wrong' } });

    await world.relay.stop();
    const again = await testRelay({ dataDir: world.folder });
    expect((await start(new Tablet(again.relay.address), 'nadie.nunca.1')).body).toEqual(fake.body);
  });

  test('[SI3] a pupil, who has no recovery code, is answered like somebody whom nobody knows', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const answer = await start(new Tablet(world.relay.address), pupil.username, 'recovery');
    expect(answer.body['salt']).toMatch(/^[./A-Za-z0-9]{21}[.Oeu]$/);
  });

  test('[SI4] wrong passwords wait longer and longer, at most a minute, and the right one then works', async () => {
    const { relay, admin, clock } = await founded();
    const stranger = new Tablet(relay.address);
    const wrong = { ...admin, password: 'not this one at all' };
    const waits: number[] = [];
    for (let attempt = 0; attempt < 14; attempt++) {
      const { body } = await stranger.signIn(wrong);
      if (body.code === 'slow-down') {
        waits.push(body.seconds ?? 0);
        clock.addSeconds(body.seconds ?? 0);
        expect((await stranger.signIn(wrong)).body.code).toBe('sign-in-wrong');
      }
    }
    expect(waits.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 60]);
    expect(Math.max(...waits)).toBe(60);
    expect((await stranger.signIn(admin)).body.code).toBe('slow-down');
    clock.addSeconds(60);
    expect((await stranger.signIn(admin)).status).toBe(200);
  });

  test('[SI4] nobody elsewhere waits for it: neither an enrolled device nor another name', async () => {
    const world = await founded();
    const partner = await invite(world);
    const stranger = new Tablet(world.relay.address);
    const wrong = { ...world.admin, password: 'not this one at all' };
    for (let attempt = 0; attempt < 8; attempt++) await stranger.signIn(wrong);
    expect((await stranger.signIn(world.admin)).body.code).toBe('slow-down');
    expect((await world.tablet.signIn(world.admin)).status).toBe(200);
    expect((await stranger.signIn(partner.person)).status).toBe(200);
  });

  test('[SI4] many attempts at once gain nothing over one after the other', async () => {
    const { relay, admin } = await founded();
    const stranger = new Tablet(relay.address);
    const attempt = (): Promise<Answer> =>
      stranger.ask('POST', '/api/sign-in', {
        username: admin.username,
        for: 'password',
        device: freshId(),
        prove: 'A'.repeat(43)
      });
    const answers = await Promise.all(Array.from({ length: 20 }, attempt));
    expect(answers.filter(({ body }) => body['code'] === 'sign-in-wrong')).toHaveLength(3);
    expect(answers.filter(({ body }) => body['code'] === 'slow-down')).toHaveLength(17);
  });
});

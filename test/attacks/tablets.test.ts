import { describe, expect, test } from 'vitest';
import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { InvitationId, SecretHash } from '#lib/domain/ids.ts';
import {
  classroomTablet,
  giveClassroomKey,
  offer,
  pupilIn,
  waitingTablet,
  type Opened
} from '../support/relay-classroom.ts';
import { addPupil, freshId, freshKeyFor, newcomer, Tablet } from '../support/relay-tablet.ts';
import { founded, second } from '../support/relay-founded.ts';

const on = '2026-11-24' as CalendarDate;
const status = { waiting: 0, files: 0, drafts: 0, refused: 0, app: 'x' };

describe('a tablet that waits for its yes', () => {
  test('[TB4] is told nothing and does nothing, whichever way it tries', async () => {
    const world = await founded();
    const { space } = world;
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await waitingTablet(world);
    const asks = [
      ['GET', '/api/devices'],
      ['GET', `/api/spaces/${space}/devices`],
      ['GET', `/api/spaces/${space}/tablets`],
      ['GET', `/api/spaces/${space}/tablets/${tablet.device}/accounts`],
      ['GET', `/api/spaces/${space}/activity`],
      ['GET', `/api/spaces/${space}/erased/${zoe.account}`],
      ['POST', '/api/accounts/find', { username: zoe.username }],
      ['POST', '/api/usernames/next', { base: 'zoe.rio' }],
      ['POST', '/api/device/status', status]
    ] as const;
    for (const [method, path, body] of asks) {
      const answer = await tablet.ask(method, path, body);
      expect([path, answer.status, answer.body]).toEqual([path, 403, { code: 'not-permitted' }]);
    }
    for (const who of [world.admin, zoe])
      expect(await tablet.signIn(who)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    const own = await tablet.sign(zoe, 'access.record', { on }, { space });
    expect(await tablet.send(own)).toMatchObject([{ is: 'refused', code: 'device-not-enrolled' }]);
    const { body } = await tablet.report();
    expect([body.rooms, body.credentials, body.accounts, body.drafts]).toEqual([[], [], [], []]);
    expect((await world.tablet.report()).body.accounts).not.toContain(undefined);
  });

  test('[TB4, GA3] carries nobody’s work, and spoils none: another device brings it', async () => {
    const world = await founded();
    const tablet = await waitingTablet(world);
    const change = await world.tablet.sign(world.admin, 'access.record', { on }, { space: world.space });
    expect(await tablet.send(change)).toMatchObject([{ is: 'refused', code: 'device-not-enrolled' }]);
    expect(await world.tablet.send(change)).toMatchObject([{ is: 'accepted' }]);
  });

  test('[TB4] what it signed before its yes counts after it no more than what anybody signs there', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await waitingTablet(world);
    const early = await tablet.sign(zoe, 'member.remove', { member: world.admin.account }, world);
    await tablet.send(early);
    const args = { tablet: tablet.device, name: 'Carro 1', groups: 'all', teachers: [] } as const;
    await world.tablet.do(world.admin, 'tablet.admit', args, { space: world.space });
    expect(await tablet.send(early)).toMatchObject([{ is: 'refused', code: 'not-permitted' }]);
  });
});

describe('a classroom tablet in strange hands', () => {
  test('[TB9] no adult signs in with their own password, also not under another id of the tablet or with a link', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    expect(await tablet.signIn(world.admin)).toMatchObject({
      status: 403,
      body: { code: 'classroom-password' }
    });
    // Whose name it is, is told to nobody who does not know the password.
    const wrong = { username: world.admin.username, password: 'not this one' };
    expect(await tablet.signIn(wrong)).toMatchObject({ status: 401, body: { code: 'sign-in-wrong' } });
    const { cookie, device } = tablet;
    tablet.device = freshId();
    for (const who of [world.admin, zoe])
      expect(await tablet.signIn(who)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    const [secret, invitation] = [randomText(32), freshId<InvitationId>()];
    const secretHash = (await sha256(secret)) as SecretHash;
    const made = { invitation, role: 'teacher', label: '', secretHash, expires: on } as const;
    await world.tablet.do(world.admin, 'invitation.create', made, { space: world.space });
    for (const id of [device, freshId<typeof device>()]) {
      tablet.device = id;
      const guest = await newcomer('Luca', 'Fiume');
      const args = { invitation, account: guest.newAccount };
      const change = await tablet.sign(guest, 'invitation.accept', args, world, guest.credential);
      expect(await tablet.use(secret, change)).toMatchObject({
        status: 403,
        body: { code: 'not-permitted' }
      });
    }
    tablet.device = device;
    expect(tablet.cookie).toBe(cookie);
    expect((await tablet.report()).body.accounts).toEqual([zoe.account]);
  });

  test('[KE2, TB9] a classroom key used to sign for the teacher’s own device is worth nothing there', async () => {
    const world = await founded();
    const { opened } = await giveClassroomKey(world);
    const own = await world.tablet.do(opened, 'access.record', { on }, { space: world.space });
    expect(own).toMatchObject({ is: 'refused', code: 'device-ceiling' });
    // Nor where a tablet says that the teacher's device has signed.
    const tablet = await classroomTablet(world, { groups: 'all', teachers: [world.admin.account] });
    const forged = await tablet.sign(
      opened,
      'access.record',
      { on },
      { space: world.space, device: world.tablet.device }
    );
    expect(await tablet.send(forged)).toMatchObject([{ code: 'device-ceiling' }]);
    expect(await tablet.do(opened, 'access.record', { on }, { space: world.space })).toMatchObject({
      is: 'accepted'
    });
  });

  test('[RO4, KE10, TB1] with an administrator’s classroom key one is a teacher, and lets no device in', async () => {
    const world = await founded();
    const { opened } = await giveClassroomKey(world);
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world, { groups: 'all', teachers: [world.admin.account] });
    const does = async (who: Opened): Promise<readonly unknown[]> => {
      const role = { member: zoe.account, role: 'pupil-admin' } as const;
      const { key, credential } = await freshKeyFor(world.admin.account, 'a password of mine');
      const own = { account: world.admin.account, key, reason: 'own' } as const;
      const verdicts = [
        await tablet.do(who, 'member.role', role, { space: world.space }),
        await tablet.do(who, 'key.set', own, { space: world.space }, credential),
        (await offer({ tablet, admin: { ...world.admin, ...who }, space: world.space })).verdict,
        await tablet.do(who, 'device.revoke', { device: tablet.device }, { space: world.space })
      ];
      return verdicts.map((verdict) => verdict && 'code' in verdict && verdict.code);
    };
    expect(await does(opened)).toEqual(Array(4).fill('device-ceiling'));
    const { key, credential } = await freshKeyFor(zoe.account, 'nube4barco');
    const set = { account: zoe.account, key, reason: 'forgotten' } as const;
    expect(await tablet.do(opened, 'key.set', set, { space: world.space }, credential)).toMatchObject({
      is: 'accepted'
    });
    // It was made there, but nobody signed in online.
    const { credentials } = (await tablet.report()).body;
    expect(credentials.filter(({ account }) => account === zoe.account)).toMatchObject([{ key: key.id }]);
  });

  test('[TB5] a key of somebody of another TwinSpace does nothing here, nor does the tablet anything there', async () => {
    const world = await founded();
    const mares = await second(world);
    const { pupil } = await addPupil(mares, 'Iker', 'Mar');
    await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    expect(await tablet.do(pupil, 'access.record', { on }, { space: world.space })).toMatchObject({
      is: 'refused',
      code: 'not-a-member'
    });
    expect(await tablet.do(pupil, 'access.record', { on }, { space: mares.space })).toMatchObject({
      is: 'refused',
      code: 'device-not-enrolled'
    });
    expect(await tablet.signIn(pupil)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    // Nor does it carry what was signed elsewhere.
    const change = await mares.tablet.sign(mares.admin, 'access.record', { on }, { space: mares.space });
    expect(await tablet.send(change)).toMatchObject([{ code: 'device-not-enrolled' }]);
    expect(await tablet.follow(`members/${mares.space}@1`).closed).toBe(4403);
  });

  test('[GA6] what one child signed another does not alter, and nobody signs with another’s key', async () => {
    const world = await founded();
    const [zoe, noa] = [await pupilIn(world, 'Zoe'), await pupilIn(world, 'Noa')];
    const tablet = await classroomTablet(world);
    const args = { member: zoe.account, text: 'Soy Zoe' };
    const change = await tablet.sign(zoe, 'member.profile', args, { space: world.space });
    const other = { ...change, payload: Buffer.from('{"member":"x","text":"y"}').toString('base64url') };
    const actor = { ...change, header: change.header.replace(zoe.account, noa.account) };
    const stolen = await tablet.sign(
      { ...noa, fresh: zoe.fresh, signing: zoe.signing },
      'access.record',
      { on },
      world
    );
    expect(await tablet.send(actor, stolen)).toMatchObject([
      { code: 'key-unknown' },
      { code: 'key-unknown' }
    ]);
    expect(await tablet.send(other)).toMatchObject([{ code: 'digest-wrong' }]);
  });

  test('[GA8] pictures open no full key, and a classroom key no recovery code', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const made = [
      await freshKeyFor(zoe.account, 'sun', undefined, { by: 'pictures' }),
      await freshKeyFor(zoe.account, 'sun', 'code', { scope: 'classroom', by: 'pictures' }),
      await freshKeyFor(zoe.account, 'sun', undefined, { scope: 'classroom', by: 'recovery' })
    ];
    for (const { key, credential } of made) {
      const args = { account: zoe.account, key, reason: 'own' } as const;
      expect(
        await world.tablet.do(world.admin, 'key.set', args, { space: world.space }, credential)
      ).toMatchObject({ is: 'refused', code: 'credential-missing' });
    }
  });

  test('[SI2] pictures and classroom passwords open no sign-in at the relay', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    await giveClassroomKey(world);
    await giveClassroomKey(world, zoe);
    const tablet = await classroomTablet(world);
    const home = new Tablet(world.relay.address);
    for (const on of [tablet, home]) {
      for (const { username } of [world.admin, zoe])
        expect(await on.signIn({ username, password: 'pizarra' })).toMatchObject({ status: 401 });
      expect(await on.signIn({ ...zoe, password: 'pizarra' }, 'pictures')).toMatchObject({ status: 401 });
    }
  });
});

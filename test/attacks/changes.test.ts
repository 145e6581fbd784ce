import { describe, expect, test } from 'vitest';
import { sha256, utf8 } from '#lib/crypto/encoding.ts';
import { sign } from '#lib/crypto/signing.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import {
  addPupil,
  found,
  freshId,
  freshKeyFor,
  invite,
  newcomer,
  Tablet,
  type Newcomer
} from '../support/relay-tablet.ts';
import { founded } from '../support/relay-founded.ts';

const on = '2026-11-24' as CalendarDate;

/** The same header and payload with a signature of somebody else's key. */
async function resigned(change: SignedChange, by: Newcomer): Promise<SignedChange> {
  return { ...change, signature: await sign(by.signing, utf8(change.header)) };
}

describe('somebody else’s changes', () => {
  test('[GA2] a change that is recorded and played again does nothing again', async () => {
    const world = await founded();
    const { tablet, admin, space } = world;
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const remove = await tablet.sign(admin, 'member.remove', { member: pupil.account }, { space });
    await tablet.send(remove);
    await tablet.do(admin, 'member.restore', { member: pupil.account }, { space });
    const partner = await invite(world);
    expect(await partner.tablet.send(remove)).toMatchObject([{ is: 'accepted', version: 3 }]);
    const members = await tablet.follow(`members/${space}@1`).synced();
    expect(members.get('members', pupil.account)).toMatchObject({ status: { is: 'active' } });
  });

  test('[GA6] a change signed again by somebody else is refused', async () => {
    const world = await founded();
    const partner = await invite(world);
    const change = await world.tablet.sign(world.admin, 'access.record', { on }, { space: world.space });
    const forged = await resigned(change, partner.person);
    expect(await partner.tablet.send(forged)).toMatchObject([{ is: 'refused', code: 'signature-wrong' }]);
    expect(await world.tablet.send(change)).toMatchObject([{ is: 'accepted' }]);
  });

  test.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['zeros', 'A'.repeat(86)],
    ['in the DER form of others', 'MEUCIQ'.padEnd(96, 'A')]
  ])('[GA6] a signature that is %s is refused', async (_what, signature) => {
    const { tablet, admin, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    expect(await tablet.send({ ...change, signature })).toMatchObject([{ code: 'signature-wrong' }]);
  });

  test('[GA5] a change made for one TwinSpace cannot be turned to another', async () => {
    const { tablet, admin, space, relay } = await founded();
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const other = freshId<SpaceId>();
    await tablet.use(
      secret,
      await tablet.sign(admin, 'space.found', { name: 'L', display: 'M' }, { space: other })
    );
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const turned = { ...change, header: change.header.replace(space, other) };
    expect(await tablet.send(turned)).toMatchObject([{ code: 'signature-wrong' }]);
  });

  test('[GA1] a pupil’s tablet cannot raise the pupil, nor take the administrator down', async () => {
    const world = await founded();
    const { space, admin } = world;
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const home = new Tablet(world.relay.address);
    await home.signIn(pupil);
    const fresh = await freshKeyFor(admin.account, 'a password of mine');
    const verdicts = await home.send(
      await home.sign(
        pupil,
        'member.role',
        { member: pupil.account, role: 'teacher-admin', typed: pupil.username },
        { space }
      ),
      await home.sign(pupil, 'member.remove', { member: admin.account }, { space }),
      await home.sign(
        pupil,
        'key.set',
        { account: admin.account, key: fresh.key, reason: 'forgotten' },
        { space },
        fresh.credential
      )
    );
    expect(verdicts.every((verdict) => verdict.is === 'refused')).toBe(true);
    const members = await world.tablet.follow(`members/${space}@1`).synced();
    expect(members.version).toBe(2);
  });

  test('[SI6] an administrator elsewhere is not let in to a pupil’s account by adding a key', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const secret = (await world.relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const elsewhere = await found(world.relay.address, secret, { admin: await newcomer('Eva', 'Fuera') });
    const fresh = await freshKeyFor(pupil.account, 'mine now 123');
    const args = { account: pupil.account, key: fresh.key, reason: 'forgotten' } as const;
    const wish = { space: elsewhere.space };
    const verdict = await elsewhere.tablet.do(elsewhere.admin, 'key.set', args, wish, fresh.credential);
    expect(verdict).toMatchObject({ is: 'refused' });
    expect((await elsewhere.tablet.report()).body.accounts).toEqual([elsewhere.admin.account]);
  });

  test('[GA7] nobody takes somebody else’s key, or account, for their own', async () => {
    const world = await founded();
    const { admin, tablet, space } = world;
    const thief = await newcomer('Eva', 'Fuera');
    const own = { ...thief.newAccount, key: admin.newAccount.key };
    const key = await tablet.do(
      admin,
      'pupil.add',
      { account: own, role: 'pupil' },
      { space },
      admin.credential
    );
    expect(key).toMatchObject({ is: 'refused', code: 'credential-missing' });

    const secret = (await world.relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const {
      key: fresh,
      credential,
      signing,
      fresh: pair
    } = await freshKeyFor(admin.account, 'mine now 12345');
    const asAdmin = { ...admin, signing, fresh: pair };
    const account = { ...admin.newAccount, key: fresh };
    const device = new Tablet(world.relay.address);
    const change = await device.sign(
      asAdmin,
      'space.found',
      { name: 'Lagos', account },
      { space: freshId<SpaceId>() },
      credential
    );
    expect((await device.use(secret, change)).body.verdict).toMatchObject({ code: 'account-exists' });
    expect(device.cookie).toBeUndefined();
  });
});

test('[LI5] a change that came without a link gives nobody the cookie of the device that signed it', async () => {
  const { relay, tablet, admin, space } = await founded();
  const second = new Tablet(relay.address);
  await second.signIn(admin);
  const change = await second.sign(admin, 'access.record', { on }, { space });
  expect(await tablet.send(change)).toMatchObject([{ is: 'accepted' }]);
  const thief = new Tablet(relay.address);
  const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
  expect((await thief.use(secret, change)).body.verdict).toMatchObject({ is: 'refused', code: 'id-reused' });
  expect(thief.cookie).toBeUndefined();
  expect((await second.report()).status).toBe(200);
});

describe('what is sent in masses', () => {
  test('[HT2] more changes than one request may carry are refused as a whole', async () => {
    const { tablet, admin, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const { status, body } = await tablet.ask('POST', '/api/changes', { changes: Array(65).fill(change) });
    expect([status, body]).toEqual([400, { code: 'malformed' }]);
    expect(await tablet.send(...(Array(64).fill(change) as SignedChange[]))).toHaveLength(64);
  });

  test('[GA13] JSON that is nested without end spoils nothing', async () => {
    const { tablet, admin, space } = await founded();
    const good = await tablet.sign(admin, 'access.record', { on }, { space });
    const deep = '['.repeat(900) + ']'.repeat(900);
    expect(await tablet.send({ ...good, header: deep }, good)).toMatchObject([
      { is: 'refused', code: 'malformed' },
      { is: 'accepted' }
    ]);
    const body = `{"changes":${'['.repeat(100_000)}`;
    expect((await tablet.ask('POST', '/api/changes', body)).status).toBe(400);
  });

  test('[GA13] names that JavaScript knows otherwise are names like any other', async () => {
    const { tablet, admin, space } = await founded();
    const payload = utf8('{"on":"2026-11-24","__proto__":{"role":"teacher-admin"}}');
    const good = await tablet.sign(admin, 'access.record', { on }, { space });
    const header = JSON.stringify({ ...JSON.parse(good.header), digest: await sha256(payload) });
    const signature = await sign(admin.signing, utf8(header));
    const verdict = await tablet.send({
      header,
      signature,
      payload: Buffer.from(payload).toString('base64url')
    });
    expect(verdict).toMatchObject([{ is: 'refused', code: 'malformed' }]);
    expect(
      await tablet.do(admin, 'member.remove', { member: '__proto__' as never }, { space })
    ).toMatchObject({
      code: 'malformed'
    });
  });

  test('[GA3] a stranger without a link fills nothing: what is refused to guests is not kept', async () => {
    const { relay } = await founded();
    const stranger = new Tablet(relay.address);
    const person = await newcomer('Eva', 'Fuera');
    const args = { name: 'Lagos', account: person.newAccount };
    const wish = { space: freshId<SpaceId>() };
    const change = await stranger.sign(person, 'space.found', args, wish, person.credential);
    expect((await stranger.use('A'.repeat(43), change)).body.verdict).toMatchObject({ code: 'secret-wrong' });
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    expect((await stranger.use(secret, change)).body.verdict).toMatchObject({ is: 'accepted' });
  });
});

import { expect, test } from 'vitest';
import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { InvitationId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import {
  addPupil,
  found,
  freshId,
  freshKeyFor,
  invite,
  newcomer,
  Tablet,
  type Answer,
  type Founded
} from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';
import { founded } from '../support/relay-founded.ts';

const look = (tablet: Tablet, secret: string): Promise<Answer> =>
  tablet.ask('POST', '/api/links/look', { secret });

/** An open invitation from the first administrator. */
async function invited({
  tablet,
  admin,
  space
}: Founded): Promise<{ secret: string; invitation: InvitationId }> {
  const secret = randomText(32);
  const invitation = freshId<InvitationId>();
  const secretHash = (await sha256(secret)) as SecretHash;
  const expires = '2026-12-01' as CalendarDate;
  const args = { invitation, role: 'teacher', label: 'Luca', secretHash, expires } as const;
  const verdict = await tablet.do(admin, 'invitation.create', args, { space });
  expect(verdict.is).toBe('accepted');
  return { secret, invitation };
}

const secretOf = (path: string | undefined): string => path?.split('#')[1] ?? '';

test('[LI1] looking at the set-up link says that it founds, as often as one looks', async () => {
  const { relay, setUp } = await testRelay();
  const anybody = new Tablet(relay.address);
  for (let time = 0; time < 2; time++) {
    expect((await look(anybody, setUp)).body).toEqual({ is: 'founding', expires: '2026-12-24' });
  }
  expect((await found(relay.address, setUp)).admin).toBeDefined();
});

test('[LI1] looking at an invitation says where to, from whom and as what, and nobody’s username', async () => {
  const world = await founded();
  const { secret, invitation } = await invited(world);
  const { body } = await look(new Tablet(world.relay.address), secret);
  expect(body).toEqual({
    is: 'invitation',
    space: world.space,
    spaceName: 'Ríos de Europa',
    invitation,
    role: 'teacher',
    by: 'Marta Rios',
    expires: '2026-12-01'
  });
});

test('[LI2] a founding link founds once', async () => {
  const { relay, setUp } = await founded();
  const second = await newcomer('Otra', 'Persona');
  const tablet = new Tablet(relay.address);
  const args = { name: 'Lagos', account: second.newAccount };
  const change = await tablet.sign(
    second,
    'space.found',
    args,
    { space: freshId<SpaceId>() },
    second.credential
  );
  const { body } = await tablet.use(setUp, change);
  expect(body.verdict).toMatchObject({ is: 'refused', code: 'founding-used' });
  expect(tablet.cookie).toBeUndefined();
});

test('[LI2] of two who use an invitation at once one comes in', async () => {
  const world = await founded();
  const { secret, invitation } = await invited(world);
  const answers = await Promise.all(
    ['Luca', 'Lucia'].map(async (given) => {
      const person = await newcomer(given, 'Bianchi');
      const tablet = new Tablet(world.relay.address);
      const args = { invitation, account: person.newAccount };
      const wish = { space: world.space };
      return tablet.use(
        secret,
        await tablet.sign(person, 'invitation.accept', args, wish, person.credential)
      );
    })
  );
  const verdicts = answers.map(({ body }) => ('code' in body.verdict ? body.verdict.code : body.verdict.is));
  expect(verdicts.sort()).toEqual(['accepted', 'invitation-used']);
});

test('[LI3] using a link makes the account, enrols the device and gives back what it may read', async () => {
  const { tablet, admin, space } = await founded();
  const { status, body } = await tablet.report();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    device: { id: tablet.device, owner: admin.account },
    rooms: [`members/${space}@1`, `staff/${space}@1`],
    credentials: [{ account: admin.account, key: admin.fresh.id, username: 'marta.rios.1' }]
  });
});

test('[LI4] a link that is unknown, used, revoked or over says which', async () => {
  const world = await founded();
  const { tablet, admin, space, setUp, relay, clock } = world;
  const answer = async (secret: string): Promise<unknown> => {
    const { status, body } = await look(tablet, secret);
    return [status, body['code']];
  };
  expect(await answer(randomText(32))).toEqual([404, 'link-unknown']);
  expect(await answer(setUp)).toEqual([410, 'link-used']);
  const taken = await invite(world);
  expect(await answer(taken.secret)).toEqual([410, 'link-used']);
  const revoked = await invited(world);
  await tablet.do(admin, 'invitation.revoke', { invitation: revoked.invitation }, { space });
  expect(await answer(revoked.secret)).toEqual([410, 'link-revoked']);
  const late = await invited(world);
  const founding = secretOf((await relay.makeFoundingLink()).path);
  clock.addDays(8);
  expect(await answer(late.secret)).toEqual([410, 'link-expired']);
  expect(await answer(founding)).toEqual([410, 'link-expired']);
});

test('[LI4] using a dead link is refused with the reason, and makes nobody', async () => {
  const world = await founded();
  const { secret, invitation } = await invited(world);
  world.clock.addDays(8);
  const person = await newcomer('Luca', 'Bianchi');
  const tablet = new Tablet(world.relay.address);
  const args = { invitation, account: person.newAccount };
  const change = await tablet.sign(
    person,
    'invitation.accept',
    args,
    { space: world.space },
    person.credential
  );
  expect((await tablet.use(secret, change)).body.verdict).toMatchObject({ code: 'invitation-expired' });
  expect((await tablet.use(randomText(32), change)).body.verdict).toMatchObject({
    code: 'invitation-unknown'
  });
  expect((await tablet.signIn(person)).status).toBe(401);
});

test('[LI5] whoever lost the answer sends the same again and is in', async () => {
  const { relay, setUp } = await testRelay();
  const { tablet, signed, space } = await found(relay.address, setUp);
  const lost = new Tablet(relay.address);
  lost.device = tablet.device;
  const { status, body } = await lost.use(setUp, signed);
  expect(status).toBe(200);
  expect(body.verdict).toMatchObject({ is: 'accepted', version: 1 });
  expect(body.report?.rooms).toContain(`staff/${space}@1`);
  expect((await lost.report()).status).toBe(200);
  // The first answer's cookie was never seen, and counts no longer.
  expect((await tablet.report()).status).toBe(401);
});

test('[LI5] once the cookie has been used nobody gets another one with the old change', async () => {
  const { relay, setUp } = await testRelay();
  const { tablet, signed } = await found(relay.address, setUp);
  expect((await tablet.report()).status).toBe(200);
  const thief = new Tablet(relay.address);
  const { status, body } = await thief.use(setUp, signed);
  expect([status, body]).toEqual([409, { code: 'device-taken' }]);
  expect(thief.cookie).toBeUndefined();
});

test('[LI5] the old change with another secret, or another change for the device, gives no cookie', async () => {
  const { relay, setUp } = await testRelay();
  const { tablet, signed } = await found(relay.address, setUp);
  const thief = new Tablet(relay.address);
  const { body } = await thief.use(randomText(32), signed);
  expect(body.verdict).toMatchObject({ is: 'refused', code: 'id-reused' });
  thief.device = tablet.device;
  const person = await newcomer('Otra', 'Persona');
  const link = secretOf((await relay.makeFoundingLink()).path);
  const args = { name: 'Lagos', account: person.newAccount };
  const change = await thief.sign(
    person,
    'space.found',
    args,
    { space: freshId<SpaceId>() },
    person.credential
  );
  expect((await thief.use(link, change)).status).toBe(409);
  expect(thief.cookie).toBeUndefined();
});

test('[LI6] an adult who has an account founds another TwinSpace with it, and is the same person there', async () => {
  const { relay, tablet, admin } = await founded();
  const secret = secretOf((await relay.makeFoundingLink()).path);
  const space = freshId<SpaceId>();
  const change = await tablet.sign(admin, 'space.found', { name: 'Lagos', display: 'Marta' }, { space });
  const { body } = await tablet.use(secret, change);
  expect(body.verdict).toMatchObject({ is: 'accepted' });
  expect(body.report?.rooms).toHaveLength(4);
  const staff = await tablet.follow(`staff/${space}@1`).synced();
  expect(staff.get('people', admin.account)).toMatchObject({ username: 'marta.rios.1' });
});

test('[LI7] the technician’s founding link works for a week', async () => {
  const { relay } = await founded();
  const link = await relay.makeFoundingLink();
  expect(link.path).toMatch(/^\/setup#[\w-]{43}$/);
  expect(link.expires).toBe('2026-12-01');
  const other = await found(relay.address, secretOf(link.path), { admin: await newcomer('Ana', 'Otra') });
  expect(other.space).toBeDefined();
});

test('[LI8] with the technician’s link an adult sets a new password, once, and the old one opens nothing', async () => {
  const { relay, admin, space } = await founded();
  const link = await relay.makeRecoveryLink('Marta.Rios.1');
  const secret = secretOf(link?.path);
  expect(link).toMatchObject({ expires: '2026-11-25' });
  const device = new Tablet(relay.address);
  expect((await look(device, secret)).body).toMatchObject({
    is: 'recovery',
    username: 'marta.rios.1',
    display: 'Marta Rios',
    space
  });
  const next = await freshKeyFor(admin.account, 'a brand new password');
  const person = { ...admin, fresh: next.fresh, signing: next.signing, password: 'a brand new password' };
  const args = { account: admin.account, key: next.key };
  const change = await device.sign(person, 'key.recover', args, { space }, next.credential);
  expect((await device.use(secret, change)).body.verdict).toMatchObject({ is: 'accepted' });
  expect((await device.report()).body.credentials[0]?.key).toBe(next.fresh.id);
  const elsewhere = new Tablet(relay.address);
  expect((await elsewhere.signIn(admin)).status).toBe(401);
  expect((await elsewhere.signIn(person)).status).toBe(200);
  const again = await freshKeyFor(admin.account, 'yet another password');
  const twice = await device.sign(
    { ...person, fresh: again.fresh, signing: again.signing },
    'key.recover',
    { account: admin.account, key: again.key },
    { space },
    again.credential
  );
  expect((await device.use(secret, twice)).body.verdict).toMatchObject({ code: 'recovery-used' });
});

test('[LI8] for a pupil, or for nobody, the technician gets no link', async () => {
  const world = await founded();
  const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
  expect(await world.relay.makeRecoveryLink(pupil.username)).toBeUndefined();
  expect(await world.relay.makeRecoveryLink('nadie.nunca.1')).toBeUndefined();
});

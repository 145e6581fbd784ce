import { describe, expect, test } from 'vitest';
import type { DeviceId } from '#lib/domain/ids.ts';
import type { ErrorCode } from '#lib/protocol/messages.ts';
import { tabletCheck } from '#lib/protocol/tablet-check.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { admit, ask, classroomTablet, offer, tabletsOf, waitingTablet } from '../support/relay-classroom.ts';
import { addPupil, found, freshId, invite, Tablet } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';
import { founded } from '../support/relay-founded.ts';

const look = (tablet: Tablet, key: object) => tablet.ask('POST', '/api/tablets/look', { offer: key });

describe('an offer', () => {
  test('[TB3] says for what it is, by its secret and by its short code, and is not used up by looking', async () => {
    const world = await founded();
    const { args, secret, code, verdict } = await offer(world, { count: 1 });
    expect(verdict).toMatchObject({ is: 'accepted' });
    world.clock.addSeconds(1);
    const expected = {
      space: world.space,
      spaceName: 'Ríos de Europa',
      by: 'Marta Rios',
      seconds: 599
    };
    const stranger = new Tablet(world.relay.address);
    for (const key of [{ secret }, code, { secret }]) {
      expect(await look(stranger, key)).toMatchObject({ status: 200, body: expected });
    }
    expect((await ask(stranger, code)).status).toBe(200);
    expect(args.count).toBe(1);
  });

  test('[TB17] says the first number that no tablet there has; a second one of a name gets the next', async () => {
    const world = await founded();
    const { secret } = await offer(world, { count: 3 });
    const [first, second] = [new Tablet(world.relay.address), new Tablet(world.relay.address)];
    const named = ({ body }: Awaited<ReturnType<typeof ask>>): unknown =>
      (body as { device: { tablet: { name: string } } }).device.tablet.name;
    expect((await look(first, { secret })).body).toMatchObject({ number: 1 });
    expect(named(await ask(first, { secret }, 'Tableta 1'))).toBe('Tableta 1');
    // It looked at the same time, and was offered the same number.
    expect(named(await ask(second, { secret }, 'Tableta 1'))).toBe('Tableta 2');
    expect((await look(second, { secret })).body).toMatchObject({ number: 3 });
  });

  test('[TB3] lives ten minutes by the relay’s clock, also over a restart, and says that it is over', async () => {
    const world = await founded();
    const { secret } = await offer(world);
    const late = await offer(world, { count: 2 });
    world.clock.addSeconds(599);
    expect((await ask(new Tablet(world.relay.address), { secret })).status).toBe(200);
    await world.relay.stop();
    const again = await testRelay({ dataDir: world.folder, clock: world.clock });
    const tablet = new Tablet(again.relay.address);
    expect((await ask(tablet, { secret: late.secret })).status).toBe(200);
    world.clock.addSeconds(1);
    const other = new Tablet(again.relay.address);
    for (const answer of [await look(other, { secret: late.secret }), await ask(other, late.code)])
      expect(answer).toMatchObject({ status: 410, body: { code: 'offer-expired' } });
  });

  test('[TB3] lets so many tablets ask and no more', async () => {
    const world = await founded();
    const { secret, code } = await offer(world, { count: 2 });
    const tablets = [1, 2, 3].map(() => new Tablet(world.relay.address));
    const answers = await Promise.all(tablets.map((tablet) => ask(tablet, { secret })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 410]);
    expect(await look(new Tablet(world.relay.address), code)).toMatchObject({
      status: 410,
      body: { code: 'offer-full' }
    });
  });

  test('[TB3] that nobody made is unknown, and so is one that was refused', async () => {
    const world = await founded();
    const refused = await offer(world, { count: 61 });
    expect(refused.verdict).toMatchObject({ code: 'tablet-count' });
    const stranger = new Tablet(world.relay.address);
    for (const key of [{ secret: refused.secret }, refused.code, { secret: 'A'.repeat(43) }]) {
      for (const answer of [await look(stranger, key), await ask(stranger, key)])
        expect(answer).toMatchObject({ status: 404, body: { code: 'offer-unknown' } });
    }
  });

  test('[TB3, GA2] sent again is the same offer, and lives no longer by it', async () => {
    const world = await founded();
    const { secret, signed, verdict } = await offer(world);
    world.clock.addSeconds(600);
    expect(await world.tablet.send(signed)).toEqual([verdict]);
    expect((await ask(new Tablet(world.relay.address), { secret })).body).toMatchObject({
      code: 'offer-expired'
    });
  });

  test('[GA16] under an id, a secret or a code that is taken is refused, and the first one stays', async () => {
    const world = await founded();
    const partner = await invite(world, 'teacher-admin');
    const thief = { tablet: partner.tablet, admin: partner.person, space: world.space };
    const first = await offer(world);
    const { secretHash, codeHash, offer: id } = first.args;
    for (const over of [{ secretHash }, { codeHash }, { offer: id }])
      expect((await offer(thief, over)).verdict).toMatchObject({ is: 'refused', code: 'id-reused' });
    expect((await look(new Tablet(world.relay.address), first.code)).body).toMatchObject({
      by: 'Marta Rios'
    });
  });

  test('[TB3] neither secret nor code is in the database', async () => {
    const world = await founded();
    const { secret } = await offer(world);
    await world.relay.stop();
    const database = openDatabase(world.folder);
    const rows = JSON.stringify([
      database.prepare('SELECT * FROM offers').all(),
      database.prepare('SELECT header, payload FROM changes').all()
    ]);
    database.close();
    expect(rows).toContain(world.space);
    expect(rows).not.toContain(secret);
  });

  test('[TB3, HT4] its short code cannot be tried out: who guesses must wait', async () => {
    const world = await founded();
    const { code } = await offer(world);
    const stranger = new Tablet(world.relay.address);
    const answers: number[] = [];
    for (let guess = 0; guess < 260; guess++)
      answers.push((await look(stranger, { codeHash: String(guess).padStart(43, 'A') })).status);
    // A few were spent before, on founding.
    expect(answers.slice(0, 230).every((status) => status === 404)).toBe(true);
    expect(answers.slice(240).every((status) => status === 429)).toBe(true);
    expect(await ask(stranger, code)).toMatchObject({ status: 429, body: { code: 'too-many' } });
  });

  test.each([
    [{}, 'malformed'],
    [{ offer: { secret: 'short' } }, 'malformed'],
    [{ offer: { secret: 'A'.repeat(43), codeHash: 'A'.repeat(43) } }, 'malformed'],
    [{ offer: { secret: 'A'.repeat(43) }, name: '' }, 'malformed'],
    [{ offer: { secret: 'A'.repeat(43) }, name: 'a\nb' }, 'malformed']
  ] as const)('[HT2] %j is no request to be let in', async (body, code: ErrorCode) => {
    const { relay } = await testRelay();
    const tablet = new Tablet(relay.address);
    const whole = { device: freshId(), name: 'Carro 1', ...body };
    expect(await tablet.ask('POST', '/api/tablets/ask', whole)).toMatchObject({ body: { code } });
  });
});

describe('a tablet that asks', () => {
  test('[TB4] waits: it is told its TwinSpace and its digits and nothing else; the teacher sees the same digits', async () => {
    const world = await founded();
    await addPupil(world, 'Zoe', 'Navarro');
    const { secret, args } = await offer(world);
    const tablet = new Tablet(world.relay.address);
    const { body, headers } = await ask(tablet, { secret }, 'Carro 7');
    expect(headers.get('set-cookie')).toMatch(/HttpOnly; Secure; SameSite=Strict/);
    const check = tabletCheck(tablet.device);
    expect(check).toMatch(/^\d\d \d\d$/);
    const { credentialsTag: _, ...rest } = body;
    expect(rest).toEqual({
      device: {
        id: tablet.device,
        kind: 'classroom',
        owner: world.admin.account,
        tablet: {
          space: world.space,
          spaceName: 'Ríos de Europa',
          name: 'Carro 7',
          stage: 'waiting',
          check,
          groups: [],
          teachers: []
        }
      },
      accounts: [],
      rooms: [],
      credentials: [],
      drafts: [],
      erased: [],
      today: '2026-11-24',
      leaseDays: 30
    });
    expect(await tabletsOf(world.tablet, world.space)).toEqual([
      {
        id: tablet.device,
        name: 'Carro 7',
        stage: 'waiting',
        check,
        offer: args.offer,
        lastContact: '2026-11-24',
        connected: false
      }
    ]);
  });

  test('[TB4, TB5] is let in by the yes, under the name that the teacher gives it', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const tablet = await waitingTablet(world);
    expect(await admit(world, tablet)).toMatchObject({ is: 'accepted' });
    const { body } = await tablet.report();
    expect(body.device.tablet).toMatchObject({ stage: 'active', name: 'Carro 1', groups: 'all' });
    expect(body.rooms).toEqual([`members/${world.space}@1`]);
    expect(body.accounts).toEqual([pupil.account]);
    const follower = await tablet.follow(`members/${world.space}@1`).synced();
    expect(follower.get('members', pupil.account)).toMatchObject({ display: 'Zoe Navarro' });
    expect(await tabletsOf(world.tablet, world.space)).toMatchObject([{ stage: 'active', connected: true }]);
  });

  test('[RM9, TB4] stays let in when the documents are built anew', async () => {
    const world = await founded();
    const tablet = await classroomTablet(world);
    await world.relay.rebuild(world.space, 'staff');
    await world.relay.rebuild(world.space, 'members');
    const { body } = await tablet.report();
    expect(body.rooms).toEqual([`members/${world.space}@2`]);
    const staff = await world.tablet.follow(`staff/${world.space}@2`).synced();
    expect(staff.get('tablets', tablet.device)).toMatchObject({ name: 'Carro 1', groups: 'all' });
  });

  test('[TB4] a cart of thirty goes through with one code', async () => {
    const world = await founded();
    const { code } = await offer(world, { count: 30 });
    const cart = Array.from({ length: 30 }, () => new Tablet(world.relay.address));
    await Promise.all(
      cart.map(async (tablet, at) => {
        // TB12: one in twenty carts has two of the same digits at first.
        while ((await ask(tablet, code, `Carro ${at + 1}`)).status === 409) tablet.device = freshId();
      })
    );
    const waiting = await tabletsOf(world.tablet, world.space);
    expect(waiting.filter(({ stage }) => stage === 'waiting')).toHaveLength(30);
    for (const tablet of cart) expect(await admit(world, tablet)).toMatchObject({ is: 'accepted' });
    const rooms = await Promise.all(cart.map(async (tablet) => (await tablet.report()).body.rooms));
    expect(rooms.every((own) => own.length === 1)).toBe(true);
  });

  test('[TB4] whoever lost the answer asks again, uses nothing up and is given another cookie; once it came, nobody is', async () => {
    const world = await founded();
    const { secret } = await offer(world);
    const tablet = new Tablet(world.relay.address);
    await ask(tablet, { secret });
    const [lost] = [tablet.cookie];
    tablet.cookie = undefined;
    expect((await ask(tablet, { secret })).status).toBe(200);
    expect(tablet.cookie).not.toBe(lost);
    expect((await tablet.report()).status).toBe(200);
    // With its cookie it may ask as often as it likes.
    expect((await ask(tablet, { secret })).status).toBe(200);
    const thief = new Tablet(world.relay.address);
    thief.device = tablet.device;
    expect(await ask(thief, { secret })).toMatchObject({ status: 409, body: { code: 'device-taken' } });
  });

  test('[TB4] an id that another cookie stands for is refused', async () => {
    const world = await founded();
    const { secret } = await offer(world, { count: 3 });
    const thief = new Tablet(world.relay.address);
    thief.device = world.tablet.device;
    expect(await ask(thief, { secret })).toMatchObject({ status: 409, body: { code: 'device-taken' } });
    expect(await ask(world.tablet, { secret })).toMatchObject({ status: 409 });
    expect((await world.tablet.report()).status).toBe(200);
  });

  test('[TB11] what the browser was before can never come again, and its owner sees that', async () => {
    const world = await founded();
    const partner = await invite(world);
    const { secret } = await offer(world);
    const old = partner.tablet;
    const follower = await old.follow(`members/${world.space}@1`).synced();
    const before = new Tablet(world.relay.address);
    [before.device, before.cookie] = [old.device, old.cookie];
    old.device = freshId();
    expect((await ask(old, { secret })).status).toBe(200);
    expect(old.cookie).not.toBe(before.cookie);
    expect(await follower.closed).toBe(4423);
    expect(await before.report()).toMatchObject({ status: 403, body: { code: 'device-revoked' } });
    const late = await before.sign(
      partner.person,
      'member.profile',
      { member: partner.person.account, text: 'x' },
      { space: world.space }
    );
    expect(await world.tablet.send(late)).toMatchObject([{ is: 'refused', code: 'device-revoked' }]);
  });

  test('[TB11] a classroom tablet that is enrolled anew stands as revoked under what it was', async () => {
    const world = await founded();
    const tablet = await classroomTablet(world);
    const was = tablet.device;
    tablet.device = freshId();
    const { secret } = await offer(world);
    expect((await ask(tablet, { secret }, 'Carro 2')).status).toBe(200);
    const stages = new Map((await tabletsOf(world.tablet, world.space)).map(({ id, stage }) => [id, stage]));
    expect(stages).toEqual(
      new Map([
        [was, 'revoked'],
        [tablet.device, 'waiting']
      ])
    );
    const staff = await world.tablet.follow(`staff/${world.space}@1`).synced();
    expect(staff.get('tablets', was)).toMatchObject({
      revoked: { by: world.admin.account, on: '2026-11-24' }
    });
  });

  test('[TB4, TB7] a tablet that was revoked asks again under a fresh id, not under the old one', async () => {
    const world = await founded();
    const tablet = await classroomTablet(world);
    const args = { device: tablet.device };
    await world.tablet.do(world.admin, 'device.revoke', args, { space: world.space });
    const { secret } = await offer(world);
    expect(await ask(tablet, { secret })).toMatchObject({ status: 403, body: { code: 'device-revoked' } });
    tablet.device = freshId();
    expect((await ask(tablet, { secret })).status).toBe(200);
  });

  test('[TB4] one that nobody answers is forgotten after a day, and so is its offer', async () => {
    const world = await founded();
    const active = await classroomTablet(world);
    const { secret } = await offer(world);
    const tablet = new Tablet(world.relay.address);
    await ask(tablet, { secret });
    world.clock.addDays(1);
    await world.relay.stop();
    const still = await testRelay({ dataDir: world.folder, clock: world.clock });
    expect((await tablet.at(still.relay.address).report()).status).toBe(200);
    world.clock.addDays(1);
    await still.relay.stop();
    const again = await testRelay({ dataDir: world.folder, clock: world.clock });
    expect((await tablet.at(again.relay.address).report()).body).toMatchObject({ code: 'not-enrolled' });
    expect((await look(new Tablet(again.relay.address), { secret })).body).toMatchObject({
      code: 'offer-unknown'
    });
    expect((await active.at(again.relay.address).report()).status).toBe(200);
    const there = world.tablet.at(again.relay.address);
    expect(await tabletsOf(there, world.space)).toMatchObject([{ id: active.device }]);
  });

  test('[TB4] a yes to one that never asked, or asked elsewhere, is none', async () => {
    const world = await founded();
    const stranger = new Tablet(world.relay.address);
    expect(await admit(world, stranger)).toMatchObject({ is: 'refused', code: 'device-unknown' });
    const secret = (await world.relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const other = await found(world.relay.address, secret, { name: 'Mares' });
    const elsewhere = await waitingTablet(other);
    expect(await admit(world, elsewhere)).toMatchObject({ is: 'refused', code: 'device-unknown' });
    expect((await elsewhere.report()).body.device.tablet).toMatchObject({ stage: 'waiting' });
  });
});

test('[TB4] the digits are those of the first 32 bits of the id', () => {
  const of = (start: string): string =>
    tabletCheck(`${start}-0000-4000-8000-000000000000` as string as DeviceId);
  expect([of('00000000'), of('0000162e'), of('ffffffff')]).toEqual(['00 00', '56 78', '72 95']);
});

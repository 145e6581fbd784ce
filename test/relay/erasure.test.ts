import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { PageId } from '#lib/domain/ids.ts';
import { digestOfEmpty } from '../support/cast.ts';
import { must } from '../support/relay-pages.ts';
import { classroomTablet, giveClassroomKey, waitingTablet } from '../support/relay-classroom.ts';
import { addPupil, found, freshId, freshKeyFor, invite, Tablet } from '../support/relay-tablet.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';
import { newVisit, Visitor } from '../support/visits.ts';
import type { Founded, Newcomer } from '../support/relay-tablet.ts';

const on = '2026-11-24' as CalendarDate;

type World = TestRelay & Founded & { readonly pupil: Newcomer };

/** A pupil whose names stand nowhere else. */
async function founded(): Promise<World> {
  const test = await testRelay();
  const world = await found(test.relay.address, test.setUp);
  const { pupil } = await addPupil(world, 'Xanthippe', 'Quevedo');
  return { ...test, ...world, pupil };
}

/** The erasure was asked for, its day has come, and the relay was started again. */
async function erased(world: World): Promise<World> {
  const { tablet, admin, space, pupil, clock, folder } = world;
  const args = { account: pupil.account, typed: pupil.username };
  expect(await tablet.do(admin, 'account.erase', args, { space })).toMatchObject({ is: 'accepted' });
  clock.addDays(7);
  await world.relay.stop();
  const again = await testRelay({ dataDir: folder, clock });
  return { ...world, ...again, tablet: tablet.at(again.relay.address) };
}

/** Every byte that the relay keeps. */
function bytesIn(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

describe('erasing an account', () => {
  test('[ER3] nothing is erased before its day, and what is called off never', async () => {
    const world = await founded();
    const { tablet, admin, space, pupil, clock, folder } = world;
    const args = { account: pupil.account, typed: pupil.username };
    await tablet.do(admin, 'account.erase', args, { space });
    clock.addDays(6);
    await world.relay.stop();
    const still = await testRelay({ dataDir: folder, clock });
    const there = tablet.at(still.relay.address);
    const staff = await there.follow(`staff/${space}@1`).synced();
    expect(staff.get('people', pupil.account)).toMatchObject({ given: 'Xanthippe' });
    expect(staff.get('erasures', pupil.account)).toMatchObject({ due: '2026-12-01' });
    expect(await there.do(admin, 'account.keep', { account: pupil.account }, { space })).toMatchObject({
      is: 'accepted'
    });
    clock.addDays(30);
    await still.relay.stop();
    const later = await testRelay({ dataDir: folder, clock });
    const own = new Tablet(later.relay.address);
    expect((await own.signIn(pupil)).status).toBe(200);
  });

  test('[ER5] afterwards no name, no username, no key and no history is left on the relay', async () => {
    const before = await founded();
    const { pupil, admin, space } = before;
    const { key, credential } = await freshKeyFor(pupil.account, 'nube4barco');
    const set = { account: pupil.account, key, reason: 'forgotten' } as const;
    await before.tablet.do(admin, 'key.set', set, { space }, credential);
    await before.tablet.do(
      admin,
      'member.display',
      { member: pupil.account, display: 'Xanthippe Q.' },
      { space }
    );
    await new Tablet(before.relay.address).ask('POST', '/api/hands', { who: pupil.username });
    const secrets = ['Xanthippe', 'xanthippe', 'Quevedo', 'quevedo', key.publicKey, pupil.fresh.publicKey];
    const sealed = (JSON.parse(credential) as { seals: { sealed: string }[] }).seals[0]?.sealed ?? '';
    const kept = bytesIn(before.folder);
    for (const secret of [...secrets, sealed]) expect(kept.includes(secret)).toBe(true);

    const world = await erased(before);
    // The relay is running: nothing waits for its end.
    const left = bytesIn(world.folder);
    for (const secret of [...secrets, sealed])
      expect([secret, left.includes(secret)]).toEqual([secret, false]);
    expect(left.includes(pupil.account)).toBe(true);
  });

  test('[ER5, FA9] who wrote in pages under that name before they were read in is one of the others, in the log too', async () => {
    const before = await founded();
    const { tablet, admin, space } = before;
    const made: PageId[] = [];
    for (const by of [['Xanthippe Quevedo', 'Leo'], ['Leo']]) {
      const from = { on, by };
      const page = freshId<PageId>();
      made.push(page);
      const args = { page, title: 'El Ebro', order: 'a0', draft: false, from };
      await must(tablet.do(admin, 'page.create', args, { space }));
    }
    const world = await erased(before);
    const members = await world.tablet.follow(`members/${space}@2`).synced();
    expect(made.map((page) => members.get('pages', page))).toMatchObject([
      { from: { on, by: ['Leo'], more: 1 } },
      { from: { on, by: ['Leo'] } }
    ]);
    await world.relay.stop();
    const database = new DatabaseSync(join(world.folder, 'twinspace.sqlite'), { readOnly: true });
    const rows = database
      .prepare("SELECT payload FROM changes WHERE name = 'page.create' ORDER BY seq")
      .all();
    database.close();
    const said = rows.map(({ payload }) => Buffer.from(String(payload), 'base64url').toString());
    expect(said.map((text) => text.includes('Leo'))).toEqual([false, true]);
  });

  test('[ON8, ER5] no page is called by them any more, in the log neither, and those of others are called as before', async () => {
    const before = await founded();
    const { tablet, admin, space, pupil } = before;
    const { pupil: other } = await addPupil(before, 'Leo', 'Quevedo');
    const made: PageId[] = [];
    for (const [title, whose] of [
      ['Diario · Xanthippe Quevedo', pupil],
      ['Lámina · Xanthippe Quevedo (2)', pupil],
      ['Ríos · Xanthippe Quevedo', undefined],
      ['Diario · Leo Quevedo', other],
      ['Sobre · Xanthippe Quevedo (1)', other]
    ] as const) {
      const page = freshId<PageId>();
      made.push(page);
      await must(tablet.do(admin, 'page.create', { page, title, order: 'a0', draft: true }, { space }));
      const to = whose && ({ is: 'member', account: whose.account } as const);
      if (to) await must(tablet.do(admin, 'page.permit', { page, to }, { space }));
    }
    const page = made[3] as PageId;
    await must(tablet.do(admin, 'page.rename', { page, title: 'Diario · Xanthippe Quevedo' }, { space }));
    await must(tablet.do(admin, 'page.rename', { page, title: 'Diario · Leo Quevedo' }, { space }));
    const world = await erased(before);
    const staff = await world.tablet.follow(`staff/${space}@2`).synced();
    const members = await world.tablet.follow(`members/${space}@2`).synced();
    const titles = made.map(
      (id) => (staff.get('pages', id) ?? members.get('pages', id)) as { readonly title: string } | undefined
    );
    expect(titles.map((one) => one?.title)).toEqual([
      'Diario',
      'Lámina',
      'Ríos',
      'Diario · Leo Quevedo',
      'Sobre · Xanthippe Quevedo (1)'
    ]);
    await world.relay.stop();
    const database = new DatabaseSync(join(world.folder, 'twinspace.sqlite'), { readOnly: true });
    const rows = database
      .prepare("SELECT payload FROM changes WHERE name IN ('page.create', 'page.rename')")
      .all();
    database.close();
    const said = rows.map(({ payload }) => Buffer.from(String(payload), 'base64url').toString());
    expect(said.filter((text) => text !== '').map((text) => /"title":"([^"]*)"/.exec(text)?.[1])).toEqual([
      'Diario · Leo Quevedo',
      'Diario · Leo Quevedo'
    ]);
  });

  test('[ON8, ER5] nor by a name that they had before, in the log neither', async () => {
    const before = await founded();
    const { tablet, admin, space, pupil } = before;
    const page = freshId<PageId>();
    const args = { page, title: 'Diario · Xanthippe Quevedo', order: 'a0', draft: false };
    await must(tablet.do(admin, 'page.create', args, { space }));
    const to = { is: 'member', account: pupil.account } as const;
    await must(tablet.do(admin, 'page.permit', { page, to }, { space }));
    const renamed = { member: pupil.account, display: 'Leo Luz' };
    await must(tablet.do(admin, 'member.display', renamed, { space }));
    const world = await erased(before);
    const members = await world.tablet.follow(`members/${space}@2`).synced();
    expect(members.get('pages', page)).toMatchObject({ title: 'Diario' });
    expect(bytesIn(world.folder).includes('Xanthippe')).toBe(false);
  });

  test('[ON8, PU3] visitors are told no such name either, whatever the page is called since, and what they see counts as it was', async () => {
    const before = await founded();
    const { tablet, admin, space, pupil, relay } = before;
    const visit = await newVisit();
    await must(tablet.do(admin, 'visit.create', visit, { space }));
    const published = async (title: string): Promise<PageId> => {
      const page = freshId<PageId>();
      await must(tablet.do(admin, 'page.create', { page, title, order: 'a0', draft: false }, { space }));
      const to = { is: 'member', account: pupil.account } as const;
      await must(tablet.do(admin, 'page.permit', { page, to }, { space }));
      await must(tablet.do(admin, 'page.publish', { page, digest: digestOfEmpty(title) }, { space }));
      return page;
    };
    const same = await published('Diario · Xanthippe Quevedo');
    const since = await published('Lámina · Xanthippe Quevedo (2)');
    await must(tablet.do(admin, 'page.rename', { page: since, title: 'El Ebro' }, { space }));
    const other = await published('Xanthippe Quevedo y el río');
    const visitor = await Visitor.at(relay.address, visit.visit);
    expect(await visitor.reads()).toContain('Diario · Xanthippe Quevedo');

    const world = await erased(before);
    const reads = (path = '') => Visitor.at(world.relay.address, visit.visit).then((one) => one.reads(path));
    const contents = await reads();
    for (const title of ['Diario', 'Lámina', 'Xanthippe Quevedo y el río'])
      expect(contents).toContain(`>${title}<`);
    expect(await reads(same)).toContain('>Diario<');
    expect(await reads(since)).toContain('>Lámina<');
    const members = await world.tablet.follow(`members/${space}@2`).synced();
    // Of a page that says what it said the administrator is not told that it has changed.
    expect(members.get('pages', same)).toMatchObject({ published: { digest: digestOfEmpty('Diario') } });
    expect(members.get('pages', since)).toMatchObject({
      title: 'El Ebro',
      published: { digest: digestOfEmpty('Lámina') }
    });
    expect(members.get('pages', other)).toMatchObject({
      published: { digest: digestOfEmpty('Xanthippe Quevedo y el río') }
    });
  });

  test('[ER5] the member stays as somebody who was here, in documents of another generation', async () => {
    const world = await erased(await founded());
    const { tablet, space, pupil, admin } = world;
    const { body } = await tablet.report();
    expect([...body.rooms].sort()).toEqual([`members/${space}@2`, `staff/${space}@2`]);
    const members = await tablet.follow(`members/${space}@2`).synced();
    const status = { is: 'erased', on: '2026-12-01' };
    expect(members.get('members', pupil.account)).toEqual({ display: '', role: 'pupil', status });
    expect(members.get('people', pupil.account)).toBeUndefined();
    expect(members.get('members', admin.account)).toMatchObject({ display: 'Marta Rios' });
    expect(await tablet.follow(`members/${space}@1`).closed).toBe(4410);
  });

  test('[ER6] late work is refused as erased: by the account, and about it', async () => {
    const before = await founded();
    const { pupil, admin, space } = before;
    const own = new Tablet(before.relay.address);
    await own.signIn(pupil);
    const late = await own.sign(pupil, 'access.record', { on }, { space });
    const { key, credential } = await freshKeyFor(pupil.account, 'nube4barco');
    const set = { account: pupil.account, key, reason: 'forgotten' } as const;
    const about = await before.tablet.sign(admin, 'key.set', set, { space }, credential);
    const { relay, tablet } = await erased(before);
    const { report } = (await own.at(relay.address).signIn(pupil)).body;
    expect(report).toBeUndefined();
    expect(await tablet.send(late, about)).toMatchObject([
      { is: 'refused', code: 'erased' },
      { is: 'refused', code: 'erased' }
    ]);
    expect(await own.at(relay.address).send(late)).toMatchObject([{ is: 'refused', code: 'erased' }]);
  });

  test('[ER6] the username is free again, for an account of its own', async () => {
    const world = await erased(await founded());
    const { pupil, verdict } = await addPupil(world, 'Xanthippe', 'Quevedo');
    expect(verdict).toMatchObject({ is: 'accepted', notes: [] });
    expect((await new Tablet(world.relay.address).signIn(pupil)).status).toBe(200);
  });

  test('[ER7] each device that had anything is told until it confirms, and the receipt says who has', async () => {
    const before = await founded();
    const teacher = await invite(before);
    const own = new Tablet(before.relay.address);
    await own.signIn(before.pupil);
    const { relay, tablet, space, pupil, clock } = await erased(before);
    const [second, third] = [teacher.tablet.at(relay.address), own.at(relay.address)];
    for (const device of [tablet, second, third])
      expect((await device.report()).body.erased).toEqual([pupil.account]);
    clock.addDays(1);
    expect((await second.ask('POST', '/api/device/erased', { accounts: [pupil.account] })).status).toBe(200);
    expect((await second.report()).body.erased).toEqual([]);
    const { body } = await tablet.ask('GET', `/api/spaces/${space}/erased/${pupil.account}`);
    const devices = body['devices'] as { id: string; confirmed?: string }[];
    expect(new Map(devices.map(({ id, confirmed }) => [id, confirmed]))).toEqual(
      new Map<string, string | undefined>([
        [tablet.device, undefined],
        [second.device, '2026-12-02'],
        [third.device, undefined]
      ])
    );
    const asks = (device: Tablet, account: string) =>
      device.ask('GET', `/api/spaces/${space}/erased/${account}`);
    expect((await asks(second, pupil.account)).status).toBe(403);
    expect((await asks(tablet, before.admin.account)).status).toBe(404);
  });

  test('[ER5, ER7] drafts, what they told of themselves, and their place on classroom tablets go, which confirm', async () => {
    const before = await founded();
    const { space, pupil, admin, tablet } = before;
    const classroom = await classroomTablet(before);
    await classroom.report();
    const other = await waitingTablet(before);
    const texts = ['Me llamo Xantal', 'Borrador de Xantal'];
    await classroom.do(pupil, 'member.profile', { member: pupil.account, text: texts[0] ?? '' }, { space });
    await classroom.do(pupil, 'draft.keep', { place: 'profile', text: texts[1] ?? '' }, { space });
    await tablet.do(admin, 'device.set', { device: tablet.device, name: 'Mesa de Marta' }, { space });
    const world = await erased(before);
    await world.relay.stop();
    const left = bytesIn(world.folder);
    for (const text of texts) expect([text, left.includes(text)]).toEqual([text, false]);
    const again = await testRelay({ dataDir: world.folder, clock: world.clock });
    const own = classroom.at(again.relay.address);
    const { body } = await own.report();
    expect([body.erased, body.accounts, body.drafts]).toEqual([[pupil.account], [], []]);
    // It had nothing, and is nobody any more.
    expect((await other.at(again.relay.address).report()).status).toBe(401);
    expect((await own.ask('POST', '/api/device/erased', { accounts: [pupil.account] })).status).toBe(200);
    expect((await own.report()).body.erased).toEqual([]);
    const there = tablet.at(again.relay.address);
    const accounts = `/api/spaces/${space}/tablets/${classroom.device}/accounts`;
    expect((await there.ask('GET', accounts)).body).toEqual({ accounts: [] });
    // What others call their devices stays.
    expect((await there.report()).body.device.name).toBe('Mesa de Marta');
  });

  test('[ER5] an adult’s classroom key is on no tablet any more, and the names of their devices are gone', async () => {
    const before = await founded();
    const { space, admin, tablet } = before;
    const { person, tablet: own } = await invite(before, 'teacher', { given: 'Zenobia', family: 'Quixote' });
    await giveClassroomKey({ tablet: own, admin: person, space });
    const classroom = await classroomTablet(before, {
      groups: [],
      teachers: [person.account, admin.account]
    });
    await own.do(person, 'device.set', { device: own.device, name: 'Mesa de Zenobia' }, { space });
    expect((await classroom.report()).body.accounts).toEqual([person.account]);
    const args = { account: person.account, typed: person.username };
    expect(await own.do(person, 'account.erase', args, { space })).toMatchObject({ is: 'accepted' });
    before.clock.addDays(7);
    await before.relay.stop();
    const again = await testRelay({ dataDir: before.folder, clock: before.clock });
    const there = classroom.at(again.relay.address);
    expect((await there.report()).body.device.tablet?.teachers).toEqual([admin.account]);
    const staff = await tablet.at(again.relay.address).follow(`staff/${space}@2`).synced();
    expect(staff.get('tablets', classroom.device)).toMatchObject({ teachers: [admin.account] });
    await again.relay.stop();
    expect(bytesIn(before.folder).includes('Zenobia')).toBe(false);
  });

  test('[ER8] an older copy of the database does not bring the account back', async () => {
    const before = await founded();
    const { folder, clock, pupil } = before;
    await before.relay.stop();
    const old = readFileSync(join(folder, 'twinspace.sqlite'));
    const running = await testRelay({ dataDir: folder, clock });
    const world = await erased({ ...before, ...running, tablet: before.tablet.at(running.relay.address) });
    await world.relay.stop();
    writeFileSync(join(folder, 'twinspace.sqlite'), old);
    const restored = await testRelay({ dataDir: folder, clock });
    expect((await new Tablet(restored.relay.address).signIn(pupil)).status).toBe(401);
    await restored.relay.stop();
    expect(bytesIn(folder).includes('xanthippe')).toBe(false);
  });

  test('[ER1] an adult’s own account goes the same way, and the name they were invited under with it', async () => {
    const before = await founded();
    const { person, tablet } = await invite(before, 'teacher', { given: 'Zenobia', family: 'Quixote' });
    const args = { account: person.account, typed: person.username };
    const asked = await tablet.do(person, 'account.erase', args, { space: before.space });
    expect(asked).toMatchObject({ is: 'accepted' });
    before.clock.addDays(7);
    await before.relay.stop();
    const again = await testRelay({ dataDir: before.folder, clock: before.clock });
    expect((await new Tablet(again.relay.address).signIn(person)).status).toBe(401);
    await again.relay.stop();
    expect(bytesIn(before.folder).includes('Zenobia')).toBe(false);
  });
});

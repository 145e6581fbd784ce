import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { partAnswers, partUpdates } from '#lib/protocol/document-answer.ts';
import type { SinceAnswer, VersionsAnswer } from '#lib/protocol/page-history.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { foundIn } from '#lib/yjs/found-again.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { progressOf } from '#lib/yjs/page-progress.ts';
import type { RoomsRequest } from '#lib/protocol/rooms-request.ts';
import { PageText } from '#relay/truth/page-text.ts';
import { PageTexts } from '#relay/truth/page-texts.ts';
import { takeBack } from '#lib/yjs/take-back.ts';
import { startRelay } from '#relay/relay.ts';
import { must, roomOf, withPage, Writer } from '../support/relay-pages.ts';
import { blocksOf, bodyOf, newBlock, newElement } from '../support/page-edits.ts';
import { founded, second } from '../support/relay-founded.ts';
import { freshId, invite, Tablet } from '../support/relay-tablet.ts';
import { TestClock, TestLog } from '../support/relay.ts';

function idOf({ header }: SignedChange): ChangeId {
  return (JSON.parse(header) as { id: ChangeId }).id;
}

/** The lines of a page, as readers see them. */
function lines(doc: Y.Doc): readonly string[] {
  return pageTree(doc).flatMap((part) =>
    part.is === 'paragraph' ? [part.runs.map(({ text }) => text).join('')] : []
  );
}

/** What the relay answers over HTTP to somebody who has nothing of the page. */
async function fetched(tablet: Tablet, address: string, room: string): Promise<Y.Doc | number> {
  const response = await fetch(`${address}/api/documents/${encodeURIComponent(room)}`, {
    method: 'POST',
    headers: {
      Cookie: `__Host-twinspace-device=${tablet.cookie}`,
      'Content-Type': 'application/octet-stream'
    },
    body: Uint8Array.of(0)
  });
  if (response.status !== 200) return response.status;
  const doc = pageDocument();
  for (const update of partUpdates(new Uint8Array(await response.arrayBuffer()))) Y.applyUpdate(doc, update);
  return doc;
}

describe('writing in a page, at the gate', () => {
  test('[G16, PA8, RM2] what a pupil writes is with everybody who follows the page, and moves no other document', async () => {
    const world = await withPage();
    const { pupil, pupils, tablet, space, room } = world;
    const members = await tablet.follow(`members/${space}@1`).synced();
    const teachers = await tablet.follow(room).synced();
    const { version } = members;
    const writer = new Writer(pupils, pupil, world);
    expect(await writer.writes('Nace en Fontibre')).toMatchObject({ is: 'accepted', version, notes: [] });
    await teachers.until(() => lines(teachers.doc).length === 1);
    expect(lines(teachers.doc)).toEqual(['Nace en Fontibre']);
    const late = await pupils.follow(room).synced();
    expect(lines(late.doc)).toEqual(['Nace en Fontibre']);
    expect(members.version).toBe(version);
  });

  test('[GA21, GA9] edits of one request follow on each other, and on the page that comes with them', async () => {
    const world = await founded();
    const { tablet, admin, space } = world;
    const page = freshId<PageId>();
    const args = { page, title: 'El Ebro', order: 'a0', draft: false };
    const create = await tablet.sign(admin, 'page.create', args, { space });
    const writer = new Writer(tablet, admin, { space, page });
    const one = await writer.line('uno', [idOf(create)]);
    const two = await writer.line('dos', [idOf(one)]);
    const wrong = await writer.does(() => bodyOf(writer.doc).push([newElement('script', {})]));
    expect(await tablet.send(create, one, two, wrong, create)).toMatchObject([
      { is: 'accepted' },
      { is: 'accepted' },
      { is: 'accepted' },
      { is: 'refused', code: 'not-in-schema' },
      { is: 'accepted' }
    ]);
    const follower = await tablet.follow(roomOf(space, page)).synced();
    expect(lines(follower.doc)).toEqual(['uno', 'dos']);
    expect(await tablet.send(one, two)).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }]);
  });

  test('[GA10, PG6] it is there after the relay was started again, and the writer’s clientID with it', async () => {
    const world = await withPage();
    const { pupil, pupils, admin, folder, relay, room } = world;
    const writer = new Writer(pupils, pupil, world);
    for (const text of ['uno', 'dos']) await writer.writes(text);
    await relay.stop();
    const again = await startRelay({
      host: '127.0.0.1',
      port: 0,
      dataDir: folder,
      clock: new TestClock(),
      log: new TestLog()
    });
    try {
      const there = pupils.at(again.address);
      const follower = await there.follow(room).synced();
      expect(lines(follower.doc)).toEqual(['uno', 'dos']);
      const squatter = new Writer(world.tablet.at(again.address), admin, world);
      squatter.doc.clientID = writer.doc.clientID;
      expect(await squatter.writes('not hers')).toMatchObject({ is: 'refused', code: 'foreign-client' });
      expect(await new Writer(there, pupil, world).writes('tres')).toMatchObject({ is: 'accepted' });
    } finally {
      await again.stop();
    }
  });

  test('[PG3, CH2, GA6] bytes that are no edit, altered or of somebody else are refused by their own code, and the page goes on', async () => {
    const world = await withPage();
    const { tablet, admin, pupil, pupils, room } = world;
    const writer = new Writer(pupils, pupil, world);
    const forger = new Writer(pupils, { ...admin, signing: pupil.signing }, world);
    const good = await writer.line('uno');
    const other = await writer.line('dos');
    const answers = await pupils.send(
      { ...good, payload: other.payload },
      await writer.signs(Uint8Array.of(9, 9, 9)),
      await writer.signs(fromBase64Url(other.payload), [], 5),
      await forger.line('x'),
      await writer.signs(Y.encodeStateAsUpdateV2(writer.doc))
    );
    expect(answers).toMatchObject([
      { code: 'digest-wrong' },
      { code: 'malformed' },
      { code: 'foreign-client' },
      { code: 'signature-wrong' },
      // Bytes of version 2 read as version 1 say nothing that the page has.
      { code: 'incomplete' }
    ]);
    const follower = await tablet.follow(room).synced();
    expect(lines(follower.doc)).toEqual([]);
    expect(await new Writer(pupils, pupil, world).writes('uno')).toMatchObject({ is: 'accepted' });
  });

  test('[PE23, G15, G16] who may not write in a page is refused, whoever carries it', async () => {
    const world = await withPage({ given: false });
    const { tablet, pupil, pupils, admin, space, page } = world;
    const { person, tablet: lucas } = await invite(world);
    expect(await new Writer(pupils, pupil, world).writes('x')).toMatchObject({
      code: 'only-permitted-pages'
    });
    expect(await new Writer(lucas, person, world).writes('x')).toMatchObject({ code: 'only-own-things' });
    await must(
      tablet.do(admin, 'page.permit', { page, to: { is: 'member', account: pupil.account } }, { space })
    );
    expect(await new Writer(pupils, pupil, world).writes('x')).toMatchObject({ is: 'accepted' });
    await must(
      tablet.do(admin, 'page.withdraw', { page, to: { is: 'member', account: pupil.account } }, { space })
    );
    expect(await new Writer(pupils, pupil, world).writes('x')).toMatchObject({
      code: 'only-permitted-pages'
    });
    await must(tablet.do(admin, 'page.trash', { page }, { space }));
    expect(await new Writer(tablet, admin, world).writes('x')).toMatchObject({ code: 'page-trashed' });
    const unknown = new Writer(tablet, admin, { space, page: freshId<PageId>() });
    expect(await unknown.writes('x')).toMatchObject({ code: 'page-unknown' });
  });

  test('[PA8] a page is of one TwinSpace: in another there is none of its name', async () => {
    const world = await withPage();
    const mares = await second(world);
    const writer = new Writer(mares.tablet, mares.admin, { space: mares.space, page: world.page });
    expect(await writer.writes('x')).toMatchObject({ code: 'page-unknown' });
  });
});

describe('a page that is frozen, and one given for a lesson, at the gate', () => {
  test('[PA10, G16] a pupil’s edit is refused while it is frozen, the teacher’s is not', async () => {
    const world = await withPage();
    const { tablet, pupil, pupils, admin, space, page } = world;
    const writer = new Writer(pupils, pupil, world);
    const edit = await writer.line('uno');
    const one = (frozen: boolean) => must(tablet.do(admin, 'page.freeze', { page, frozen }, { space }));
    const all = (frozen: boolean) => must(tablet.do(admin, 'page.freeze-all', { frozen }, { space }));
    for (const freeze of [one, all]) {
      await freeze(true);
      expect(await new Writer(pupils, pupil, world).writes('x')).toMatchObject({ code: 'page-frozen' });
      expect(await new Writer(tablet, admin, world).writes('x')).toMatchObject({ is: 'accepted' });
      await freeze(false);
    }
    expect(await pupils.send(edit)).toMatchObject([{ is: 'accepted' }]);
  });

  test('[PA11, GA12] what was made in a lesson is taken for thirty days after it, by the relay’s own date', async () => {
    const world = await withPage({ given: false });
    const { tablet, pupil, pupils, admin, space, page, clock } = world;
    const until = Date.parse('2026-11-24T10:50Z');
    await must(tablet.do(admin, 'page.permit', { page, to: { is: 'pupils' }, until }, { space }));
    const writes = (): Promise<Verdict> => new Writer(pupils, pupil, world).writes('x');
    clock.addDays(30);
    expect(await writes()).toMatchObject({ is: 'accepted' });
    clock.addDays(1);
    expect(await writes()).toMatchObject({ code: 'only-permitted-pages' });
  });
});

describe('who reads a page', () => {
  test('[RD4, RM1, NW10] a draft nobody but staff, over sockets and HTTP alike; shown, everybody here', async () => {
    const world = await withPage({ draft: true, given: false });
    const { tablet, pupils, admin, space, page, room, relay } = world;
    await new Writer(tablet, admin, world).writes('secreto');
    expect(await pupils.follow(room).closed).toBe(closeCodes.mayNotRead);
    expect(await fetched(pupils, relay.address, room)).toBe(403);
    const theirs = await pupils.follow(`members/${space}@1`).synced();
    expect(JSON.stringify(theirs.records)).not.toContain('El Ebro');
    await must(tablet.do(admin, 'page.show', { page, shown: true }, { space }));
    const follower = await pupils.follow(room).synced();
    expect(lines(follower.doc)).toEqual(['secreto']);
    const doc = await fetched(pupils, relay.address, room);
    expect(doc instanceof Y.Doc && lines(doc)).toEqual(['secreto']);
    expect(await pupils.follow(roomOf(space, freshId<PageId>())).closed).toBe(closeCodes.mayNotRead);
  });

  test('[RD4, RM8] whoever loses the right to read a page is closed out of it, and of nothing else', async () => {
    const world = await withPage({ draft: true });
    const { tablet, pupils, admin, space, page, room } = world;
    const members = await pupils.follow(`members/${space}@1`).synced();
    const follower = await pupils.follow(room).synced();
    await must(tablet.do(admin, 'page.withdraw', { page, to: { is: 'pupils' } }, { space }));
    expect(await follower.closed).toBe(closeCodes.mayNotRead);
    await members.until(() => members.get('pages', page) === undefined);
    await must(tablet.do(admin, 'page.permit', { page, to: { is: 'pupils' } }, { space }));
    const again = await pupils.follow(room).synced();
    await must(tablet.do(admin, 'page.trash', { page }, { space }));
    expect(await again.closed).toBe(closeCodes.mayNotRead);
  });

  test('[RM4] nobody writes a page over a socket', async () => {
    const world = await withPage();
    const follower = await world.tablet.follow(world.room).synced();
    const forged = pageDocument();
    bodyOf(forged).push([newBlock({}, 'forged')]);
    const update = Y.encodeStateAsUpdate(forged);
    follower.send(Uint8Array.of(0, 2, update.length, ...update));
    await new Writer(world.tablet, world.admin, world).writes('uno');
    await follower.until(() => lines(follower.doc).length > 0);
    expect(lines(follower.doc)).toEqual(['uno']);
    expect(world.relay.ignoredFrames).toBe(1);
  });
});

/** Asks for many rooms at once; of each what it has is empty unless said. */
async function fetchedTogether(
  tablet: Tablet,
  address: string,
  wanted: readonly { readonly room: string; readonly doc?: Y.Doc }[]
): Promise<Response> {
  const body: RoomsRequest = {
    wanted: wanted.map(({ room, doc = new Y.Doc() }) => ({
      room,
      has: toBase64Url(Y.encodeStateVector(doc))
    }))
  };
  return fetch(`${address}/api/documents`, {
    method: 'POST',
    headers: { Cookie: `__Host-twinspace-device=${tablet.cookie}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body)
  });
}

async function answersIn(response: Response) {
  return partAnswers(new Uint8Array(await response.arrayBuffer()));
}

describe('that a page has moved', () => {
  test('[PG8] it is told where its record stands, once for however much was written, and moves no counter', async () => {
    const world = await withPage();
    const { relay, pupil, pupils, tablet, space, page } = world;
    const [members, staff] = await Promise.all(
      ['members', 'staff'].map((name) => tablet.follow(`${name}/${space}@1`).synced())
    );
    if (!members || !staff) throw new Error('nobody follows');
    const { version } = members;
    const logged = `/api/spaces/${space}/activity`;
    const before = (await tablet.ask('GET', logged)).body;
    const frames = [members.frames.length, staff.frames.length];
    const writers = Array.from({ length: 30 }, () => new Writer(pupils, pupil, world));
    for (const text of ['uno', 'dos']) await Promise.all(writers.map((writer) => writer.writes(text)));
    await relay.tellMoved();
    await relay.tellMoved();
    const reader = await tablet.follow(roomOf(space, page)).synced();
    await members.until(() => members.get('moved', page) === progressOf(reader.doc));
    expect([members.frames.length - (frames[0] ?? 0), staff.frames.length]).toEqual([1, frames[1]]);
    expect([members.version, staff.version]).toEqual([version, version]);
    expect(await new Writer(tablet, world.admin, world).writes('tres')).toMatchObject({ version });
    const late = await pupils.follow(`members/${space}@1`).synced();
    expect(late.get('moved', page)).toBe(members.get('moved', page));
    expect((await tablet.ask('GET', logged)).body).toEqual(before);
  });

  test('[PG8] what is deleted is told too; what says nothing new is not', async () => {
    const world = await withPage();
    const { relay, tablet, space, page } = world;
    const members = await tablet.follow(`members/${space}@1`).synced();
    const writer = new Writer(tablet, world.admin, world);
    await writer.writes('uno');
    await relay.tellMoved();
    await members.until(() => members.get('moved', page) !== undefined);
    const before = members.get('moved', page);
    await tablet.send(await writer.does(() => bodyOf(writer.doc).delete(0, 1)));
    await relay.tellMoved();
    await members.until(() => Number(members.get('moved', page)) > Number(before));
  });

  test('[PG8] a relay that was killed before it told tells when it is there again, and the built-anew document knows', async () => {
    const world = await withPage();
    const { relay, folder, tablet, pupils, pupil, space, page } = world;
    await new Writer(pupils, pupil, world).writes('uno');
    await relay.stop();
    const [clock, log] = [new TestClock(), new TestLog()];
    const again = await startRelay({ host: '127.0.0.1', port: 0, dataDir: folder, clock, log });
    try {
      const there = tablet.at(again.address);
      const members = await there.follow(`members/${space}@1`).synced();
      await members.until(() => members.get('moved', page) !== undefined);
      await again.rebuild(space, 'members');
      expect(await members.closed).toBe(closeCodes.otherGeneration);
      const next = await there.follow(`members/${space}@2`).synced();
      expect(next.get('moved', page)).toBe(members.get('moved', page));
    } finally {
      await again.stop();
    }
  });

  test('[PG8] a page that cannot be read keeps no other from being told of, and is told of when it can', async () => {
    const world = await withPage();
    const { relay, tablet, admin, space, page, log } = world;
    const other = freshId<PageId>();
    const args = { page: other, title: 'El Arga', order: 'a1', draft: false };
    await must(tablet.do(admin, 'page.create', args, { space }));
    for (const one of [page, other]) await new Writer(tablet, admin, { space, page: one }).writes('uno');
    const { of } = PageTexts.prototype;
    const spy = vi.spyOn(PageTexts.prototype, 'of').mockImplementation(function (this: PageTexts, at, id) {
      return id === page ? Promise.reject(new Error('on purpose')) : of.call(this, at, id);
    });
    onTestFinished(() => spy.mockRestore());
    await relay.tellMoved();
    const members = await tablet.follow(`members/${space}@1`).synced();
    expect([members.get('moved', page), typeof members.get('moved', other)]).toEqual([undefined, 'number']);
    expect(JSON.stringify(log.lines)).toContain('moved-page-failed');
    spy.mockRestore();
    await relay.tellMoved();
    await members.until(() => members.get('moved', page) !== undefined);
  });

  test('[PG8, PA4] it goes with the record: of a draft no pupil’s device is told', async () => {
    const world = await withPage({ draft: true, given: false });
    const { relay, tablet, admin, pupils, space, page } = world;
    const staff = await tablet.follow(`staff/${space}@1`).synced();
    await new Writer(tablet, admin, world).writes('secreto');
    await relay.tellMoved();
    await staff.until(() => staff.get('moved', page) !== undefined);
    const told = staff.get('moved', page);
    const members = await pupils.follow(`members/${space}@1`).synced();
    expect(JSON.stringify(members.records)).not.toContain(page);
    await must(tablet.do(admin, 'page.show', { page, shown: true }, { space }));
    await members.until(() => members.get('moved', page) === told);
    await staff.until(() => staff.get('moved', page) === undefined);
    await must(tablet.do(admin, 'page.trash', { page }, { space }));
    await members.until(() => members.get('moved', page) === undefined);
    await staff.until(() => staff.get('moved', page) === told);
  });
});

describe('many pages at once', () => {
  test('[PG9, RD4] what is refused stops nothing; each says how far its page has come', async () => {
    const world = await withPage();
    const { tablet, admin, pupils, relay, space, room } = world;
    const draft = freshId<PageId>();
    await must(
      tablet.do(admin, 'page.create', { page: draft, title: 'Borrador', order: 'a1', draft: true }, { space })
    );
    const writer = new Writer(tablet, admin, world);
    await writer.writes('uno');
    const wanted = [
      { room: roomOf(space, draft) },
      { room: 'nonsense' },
      { room: roomOf(freshId<SpaceId>(), draft) },
      { room: `members/${space}@7` },
      { room }
    ];
    const answers = await answersIn(await fetchedTogether(pupils, relay.address, wanted));
    expect(answers.map(({ is }) => is)).toEqual([
      ...['not-permitted', 'not-found', 'not-found', 'other-generation'],
      'updates'
    ]);
    const [last] = answers.slice(-1);
    if (last?.is !== 'updates') throw new Error('nothing came');
    const doc = pageDocument();
    for (const update of last.updates) Y.applyUpdate(doc, update);
    expect(lines(doc)).toEqual(['uno']);
    expect(last.progress).toBe(progressOf(doc));
    await writer.writes('dos');
    const [more] = await answersIn(await fetchedTogether(pupils, relay.address, [{ room, doc }]));
    if (more?.is !== 'updates') throw new Error('nothing came');
    for (const update of more.updates) Y.applyUpdate(doc, update);
    expect(lines(doc)).toEqual(['uno', 'dos']);
  });

  test('[PG9, HT2] it is compressed, what does not fit is asked for again, and what is no state vector is refused', async () => {
    const world = await withPage();
    const { tablet, admin, relay, space, room } = world;
    await new Writer(tablet, admin, world).writes('agua '.repeat(110_000));
    const wanted = [{ room }, { room }, { room: `members/${space}@1` }, { room }];
    const response = await fetchedTogether(tablet, relay.address, wanted);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect((await answersIn(response)).map(({ is }) => is)).toEqual(['updates', 'updates', 'later', 'later']);
    const odd = await fetch(`${relay.address}/api/documents`, {
      method: 'POST',
      headers: { Cookie: `__Host-twinspace-device=${tablet.cookie}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ wanted: [{ room, has: toBase64Url(Uint8Array.of(9, 9)) }] })
    });
    expect(odd.status).toBe(400);
    expect(await fetchedTogether(new Tablet(relay.address), relay.address, [{ room }])).toHaveProperty(
      'status',
      401
    );
  });
});

/** How a page stood, as it is given under this version. */
async function versionOf(world: Awaited<ReturnType<typeof withPage>>, version: number): Promise<Uint8Array> {
  const { relay, tablet, space, page } = world;
  const response = await fetch(`${relay.address}/api/spaces/${space}/pages/${page}/versions/${version}`, {
    headers: { Cookie: `__Host-twinspace-device=${tablet.cookie}` }
  });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

/** The same, line by line. */
async function stood(...of: Parameters<typeof versionOf>): Promise<readonly string[]> {
  const doc = pageDocument();
  Y.applyUpdate(doc, await versionOf(...of));
  return lines(doc);
}

describe('the past of a page', () => {
  const pathOf = ({ space, page }: { space: SpaceId; page: PageId }): string =>
    `/api/spaces/${space}/pages/${page}`;

  test('[PG10, G12] before each person’s first edit of a day the page is kept as it stood, and told to staff', async () => {
    const world = await withPage();
    const { tablet, admin, pupil, pupils, clock } = world;
    const [teachers, childs] = [new Writer(tablet, admin, world), new Writer(pupils, pupil, world)];
    await teachers.writes('uno');
    await teachers.writes('dos');
    await childs.writes('tres');
    clock.addDays(1);
    await tablet.send(await teachers.does(() => bodyOf(teachers.doc).delete(0, 2)));
    const { body } = await tablet.ask<VersionsAnswer>('GET', `${pathOf(world)}/versions`);
    expect(body.versions.map(({ on, before }) => [on, before])).toEqual([
      ['2026-11-25', admin.account],
      ['2026-11-24', pupil.account],
      ['2026-11-24', admin.account]
    ]);
    const past = await Promise.all(body.versions.map(({ version }) => stood(world, version)));
    expect(past.map((one) => one.toSorted())).toEqual([['dos', 'tres', 'uno'], ['dos', 'uno'], []]);
    for (const path of ['versions', `versions/${body.versions[0]?.version}`])
      expect((await pupils.ask('GET', `${pathOf(world)}/${path}`)).status).toBe(403);
    expect((await tablet.ask('GET', `${pathOf(world)}/versions/999999`)).status).toBe(404);
    const elsewhere = { ...world, page: freshId<PageId>() };
    expect((await tablet.ask('GET', `${pathOf(elsewhere)}/versions`)).status).toBe(404);
  });

  test('[PG13, PG14, G12] what was accepted after a version is told edit by edit, makes the page of today of it, and what one did is taken back', async () => {
    const world = await withPage();
    const { tablet, admin, pupil, pupils, room } = world;
    const [teachers, childs] = [new Writer(tablet, admin, world), new Writer(pupils, pupil, world)];
    await teachers.writes('antes');
    Y.applyUpdate(childs.doc, Y.encodeStateAsUpdate(teachers.doc));
    await pupils.send(await childs.does(() => bodyOf(childs.doc).delete(0, 1)));
    await teachers.writes('después');
    const path = `${pathOf(world)}/versions`;
    const { body } = await tablet.ask<VersionsAnswer>('GET', path);
    const [before] = body.versions;
    if (before?.before !== pupil.account) throw new Error('no version from before the pupil');
    const since = `${path}/${before.version}/since`;
    const answer = await tablet.ask<SinceAnswer>('GET', since);
    const { edits, more } = answer.body;
    expect([edits.map(({ account }) => account), more]).toEqual([[pupil.account, admin.account], false]);
    const reader = await tablet.follow(room).synced();
    // With what was deleted, which the page of today has forgotten.
    const doc = pageDocument({ keepDeleted: true });
    Y.applyUpdate(doc, await versionOf(world, before.version));
    expect(lines(doc)).toEqual(['antes']);
    for (const { update } of edits) Y.applyUpdate(doc, fromBase64Url(update));
    expect(lines(doc)).toEqual(lines(reader.doc));
    const authored = edits.map(({ account, update }) => ({ account, update: fromBase64Url(update) }));
    const undone = takeBack(await versionOf(world, before.version), authored, pupil.account, 77);
    if (!undone) throw new Error('nothing was taken back');
    expect(await tablet.send(await teachers.signs(undone, [], 77))).toMatchObject([{ is: 'accepted' }]);
    await reader.until(() => lines(reader.doc).length === 2);
    expect(lines(reader.doc)).toEqual(['antes', 'después']);
    expect((await pupils.ask('GET', since)).status).toBe(403);
    expect((await tablet.ask('GET', `${path}/999999/since`)).status).toBe(404);
  });

  test('[PG11, RD4] whose the clientIDs are is told to whoever may read the page', async () => {
    const world = await withPage({ draft: true });
    const { tablet, admin, pupil, pupils, space, page } = world;
    const childs = new Writer(pupils, pupil, world);
    await childs.writes('uno');
    const asks = (who: Tablet) => who.ask('GET', `${pathOf(world)}/writers`);
    const writers = [{ client: childs.doc.clientID, account: pupil.account }];
    expect([(await asks(tablet)).body, (await asks(pupils)).body]).toEqual([{ writers }, { writers }]);
    await must(tablet.do(admin, 'page.withdraw', { page, to: { is: 'pupils' } }, { space }));
    expect((await asks(pupils)).status).toBe(403);
  });

  test('[PA13, ST3] what is forgotten stands in no version, no change and no update any more; what stands in the page stays', async () => {
    const world = await withPage();
    const { tablet, admin, pupil, pupils, relay, folder, room, space, page } = world;
    const childs = new Writer(pupils, pupil, world);
    await childs.writes('una palabrota');
    await childs.writes('el río');
    await pupils.send(await childs.does(() => bodyOf(childs.doc).delete(0, 1)));
    const forget = () => tablet.do(admin, 'page.forget-history', { page }, { space });
    await must(forget());
    await must(forget());
    const { body } = await tablet.ask<VersionsAnswer>('GET', `${pathOf(world)}/versions`);
    expect(body.versions).toEqual([]);
    await childs.writes('otra vez');
    const later = await tablet.ask<VersionsAnswer>('GET', `${pathOf(world)}/versions`);
    expect(later.body.versions).toHaveLength(1);
    const reader = await tablet.follow(room).synced();
    expect(lines(reader.doc)).toContain('el río');
    await relay.stop();
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
    expect(files.join('')).not.toContain('palabrota');
    const database = new DatabaseSync(join(folder, 'twinspace.sqlite'), { readOnly: true });
    const sent = database.prepare("SELECT payload FROM changes WHERE name = 'edit' ORDER BY seq").all();
    database.close();
    expect(sent.map(({ payload }) => payload === '')).toEqual([true, true, true, false]);
  });

  test('[PA13, FA9, ST3] who wrote in it before it was read in stands in no change, no record and no update any more; other pages’ writers stay', async () => {
    const { tablet, admin, relay, folder, space } = await founded();
    const from = { on: '2026-06-19' as CalendarDate, by: ['Xanthippe Quevedo'] };
    const [page, beside] = [freshId<PageId>(), freshId<PageId>()];
    const said = { title: 'El Ebro', order: 'a0', from };
    await must(tablet.do(admin, 'page.create', { page, ...said, draft: true }, { space }));
    // In both documents it has stood.
    await must(tablet.do(admin, 'page.show', { page, shown: true }, { space }));
    const leo = { on: from.on, by: ['Leo Arga'] };
    await must(
      tablet.do(admin, 'page.create', { ...said, page: beside, draft: false, from: leo }, { space })
    );
    await must(tablet.do(admin, 'page.forget-history', { page }, { space }));
    const members = await tablet.follow(`members/${space}@1`).synced();
    expect(members.get('pages', page)).toMatchObject({ title: 'El Ebro', from: { on: from.on, by: [] } });
    for (const document of ['members', 'staff']) {
      const given = await fetch(
        `${relay.address}/api/documents/${encodeURIComponent(`${document}/${space}@1`)}`,
        {
          method: 'POST',
          headers: {
            'Content-Type': 'application/octet-stream',
            Cookie: `__Host-twinspace-device=${tablet.cookie}`
          },
          body: new Uint8Array(Y.encodeStateVector(new Y.Doc()))
        }
      );
      const bytes = Buffer.from(await given.arrayBuffer()).toString('latin1');
      expect(bytes).not.toContain('Xanthippe');
    }
    await relay.stop();
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
    expect(['Leo Arga', 'Xanthippe'].map((name) => files.join('').includes(name))).toEqual([true, false]);
    const database = new DatabaseSync(join(folder, 'twinspace.sqlite'), { readOnly: true });
    const rows = database
      .prepare("SELECT payload FROM changes WHERE name = 'page.create' ORDER BY seq")
      .all();
    database.close();
    const told = rows.map(({ payload }) => Buffer.from(String(payload), 'base64url').toString());
    expect(told.map((text) => text.includes('Leo Arga'))).toEqual([false, true]);
    expect(told[0]).toBe('');
  });

  test('[PA13, PG12] what was found again is forgotten with the history, here and with whoever follows the page', async () => {
    const world = await withPage();
    const { tablet, admin, pupil, pupils, relay, folder, room, space, page } = world;
    const childs = new Writer(pupils, pupil, world);
    await childs.writes('el río');
    const teachers = new Writer(tablet, admin, world);
    Y.applyUpdate(teachers.doc, Y.encodeStateAsUpdate(childs.doc));
    const [block] = blocksOf(bodyOf(childs.doc));
    const text = block?.firstChild;
    if (!(text instanceof Y.XmlText)) throw new Error('no text');
    const typed = await childs.does(() => text.insert(6, ' y una palabrota'));
    await tablet.send(await teachers.does(() => bodyOf(teachers.doc).delete(0, 1)));
    await pupils.send(typed);
    const reader = await tablet.follow(room).synced();
    expect(foundIn(reader.doc)).toMatchObject([{ text: ' y una palabrota' }]);
    await must(tablet.do(admin, 'page.forget-history', { page }, { space }));
    await reader.until(() => foundIn(reader.doc).length === 0);
    await relay.stop();
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
    expect(files.join('')).not.toContain('palabrota');
  });
});

test('[GA11] an edit that could only be written in part is written whole when it comes again', async () => {
  const world = await withPage();
  const { pupil, pupils, tablet, room } = world;
  const writer = new Writer(pupils, pupil, world);
  // From now on it is in memory.
  await writer.writes('cero');
  const edit = await writer.line('uno');
  const write = vi.spyOn(PageText.prototype, 'write');
  onTestFinished(() => write.mockRestore());
  const cut = function (this: PageText, ...args: Parameters<PageText['write']>): never {
    write.mockRestore();
    this.write(...args);
    throw new Error('on purpose');
  };
  write.mockImplementationOnce(cut);
  expect(await pupils.send(edit)).toMatchObject([{ is: 'retry', code: 'busy' }]);
  expect(await pupils.send(edit)).toMatchObject([{ is: 'accepted' }]);
  const reader = await tablet.follow(room).synced();
  expect(lines(reader.doc)).toEqual(['cero', 'uno']);
});

test('[GA3] a refused edit is refused again by its id, with another text too', async () => {
  const world = await withPage({ given: false });
  const { pupils, pupil } = world;
  const writer = new Writer(pupils, pupil, world);
  const edit = await writer.line('uno');
  const payload = toBase64Url(Uint8Array.of(0, 0));
  expect(await pupils.send(edit, edit)).toMatchObject(Array(2).fill({ code: 'only-permitted-pages' }));
  expect(await pupils.send({ ...edit, payload })).toMatchObject([{ code: 'only-permitted-pages' }]);
});

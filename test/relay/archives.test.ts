import { open, readdir, readlink, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { AccountId, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { ArchiveAnswer, TwinSpaceFile } from '#lib/protocol/archives.ts';
import { readZip } from '#lib/zip/read-zip.ts';
import { Archives } from '#relay/archives/archives.ts';
import { membersTable } from '#relay/archives/members-table.ts';
import { caps } from '#relay/caps.ts';
import { DiskFull } from '#relay/disk-full.ts';
import { paid } from '#relay/http/paid.ts';
import { Rates } from '#relay/http/rates.ts';
import { MediaFolder } from '#relay/media/media-folder.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { Truth } from '#relay/truth/truth.ts';
import { jpeg } from '../support/media/pictures.ts';
import { TestClock, TestLog } from '../support/relay.ts';
import { bodyOf, newElement } from '../support/page-edits.ts';
import { announcing, RelayMedia } from '../support/relay-media.ts';
import { must, withPage, Writer } from '../support/relay-pages.ts';
import { freshId, invite, Tablet } from '../support/relay-tablet.ts';
import { riosDeEuropa } from '../support/world.ts';

/** A TwinSpace with a page in which a pupil wrote, a picture, one that never came, and a draft. */
async function filled() {
  const world = await withPage();
  const { tablet, admin, space, pupil, pupils, relay } = world;
  const file = jpeg();
  const [media, missing] = [freshId<MediaId>(), freshId<MediaId>()];
  for (const id of [media, missing])
    await must(pupils.do(pupil, 'media.add', announcing(file, id), { space }));
  await new RelayMedia(relay.address, space).sends(pupils, media, file);
  const writer = new Writer(pupils, pupil, world);
  await writer.writes('Vi <una> nutria.');
  const nodes = [media, missing].map((id) =>
    newElement('media', { media: id, size: 'wide', alt: 'La nutria', caption: '' })
  );
  await pupils.send(await writer.does(() => bodyOf(writer.doc).push(nodes)));
  const draft = { page: freshId<PageId>(), title: '=Borrador', order: 'a1', draft: true };
  await must(tablet.do(admin, 'page.create', draft, { space }));
  const trashed = { page: freshId<PageId>(), title: 'Tirada', order: 'a2', draft: false };
  await must(tablet.do(admin, 'page.create', trashed, { space }));
  await must(tablet.do(admin, 'page.trash', { page: trashed.page }, { space }));
  return { ...world, file, media };
}

type World = Awaited<ReturnType<typeof filled>>;

function layOut({ space }: Pick<World, 'space'>, by: Tablet) {
  return by.ask<ArchiveAnswer & { code?: string }>('POST', `/api/spaces/${space}/archives`, {});
}

function fetched(
  { relay, space }: Pick<World, 'relay' | 'space'>,
  by: Tablet,
  archive: string,
  headers: Readonly<Record<string, string>> = {}
): Promise<Response> {
  return fetch(`${relay.address}/api/spaces/${space}/archives/${archive}`, {
    headers: { Cookie: `__Host-twinspace-device=${by.cookie}`, ...headers }
  });
}

/** Which files in these folders this process has open. */
async function openIn(folder: string, ...names: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(join('/proc/self/fd', fd)).catch(() => ''))
  );
  return all.filter((path) => names.some((name) => path.startsWith(join(folder, name))));
}

describe('the whole TwinSpace', () => {
  test('[TH7, TH8, TH2, TH3] goes to its administrator as a ZIP with pages, media, members and documents', async () => {
    const world = await filled();
    const { tablet, pupil, file, media, page, admin } = world;
    const { status, body } = await layOut(world, tablet);
    expect([status, body.pages, body.media, body.missing]).toEqual([201, 2, 1, 1]);
    const answer = await fetched(world, tablet, body.archive);
    expect(answer.headers.get('content-length')).toBe(String(body.bytes));
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9-]+\.zip"$/);
    const zip = await answer.blob();
    expect(zip.size).toBe(body.bytes);
    const files = await readZip(zip);
    if (typeof files === 'string' || 'foreign' in files) throw new Error('no ZIP');
    const text = async (name: string): Promise<string> => (await files.get(name)?.text()) ?? '';
    expect([...files.keys()].sort()).toEqual([
      'documents/01-el-ebro.bin',
      'documents/02-borrador.bin',
      'index.html',
      'media/01-file.jpg',
      'members.csv',
      'pages/01-el-ebro.html',
      'pages/02-borrador.html',
      'style.css',
      'twinspace.json'
    ]);
    expect(await text('pages/01-el-ebro.html')).toContain('<p data-say>Vi &lt;una&gt; nutria.</p>');
    expect(await text('pages/01-el-ebro.html')).toContain('src="../media/01-file.jpg"');
    expect(await text('index.html')).toContain('«El Ebro»: 1 imagen');
    expect(await text('index.html')).toContain('borrador');
    const picture = Buffer.from(await (files.get('media/01-file.jpg') ?? new Blob()).arrayBuffer());
    expect(picture.equals(file)).toBe(true);
    const members = await text('members.csv');
    expect(members).toContain(`Ana Uno;Alumno;;${pupil.username}`);
    const said = JSON.parse(await text('twinspace.json')) as TwinSpaceFile;
    expect([said.format, said.version, said.pages.length]).toEqual(['twinspace', 1, 2]);
    expect(said.pages[0]).toMatchObject({ page, title: 'El Ebro', document: 'documents/01-el-ebro.bin' });
    expect(said.pages[1]?.draft).toBe(true);
    expect(said.pages.map(({ by, more }) => [by, more])).toEqual([
      [['Ana Uno'], undefined],
      [[], undefined]
    ]);
    expect(said.media.find((one) => one.media === media)?.file).toBe('media/01-file.jpg');
    const all = Buffer.from(await zip.arrayBuffer()).toString('latin1');
    for (const secret of [
      'Tirada',
      admin.newAccount.key.publicKey,
      admin.password,
      tablet.cookie ?? 'cookie'
    ])
      expect([secret, all.includes(secret)]).toEqual([secret, false]);
  });

  test('[TH7] broke off, it goes on from there, as it stood, also if somebody writes meanwhile', async () => {
    const world = await filled();
    const { tablet, pupils, pupil } = world;
    const { body } = await layOut(world, tablet);
    const whole = new Uint8Array(await (await fetched(world, tablet, body.archive)).arrayBuffer());
    await new Writer(pupils, pupil, world).writes('Y una garza.');
    for (const from of [0, 1, 700, body.bytes - 1]) {
      const rest = await fetched(world, tablet, body.archive, {
        Range: `bytes=${from}-`,
        'If-Range': `"${body.archive}"`
      });
      expect(rest.status).toBe(206);
      expect(rest.headers.get('content-range')).toBe(`bytes ${from}-${body.bytes - 1}/${body.bytes}`);
      expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(from))).toBe(true);
    }
    const other = await fetched(world, tablet, body.archive, { Range: 'bytes=5-', 'If-Range': '"other"' });
    expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, body.bytes]);
    expect((await fetched(world, tablet, body.archive, { Range: `bytes=${body.bytes}-` })).status).toBe(416);
  });

  test('[TH7, PE43] goes to nobody else, and to nobody who is no administrator any more', async () => {
    const world = await filled();
    const { tablet, admin, space, pupils, relay } = world;
    const { body } = await layOut(world, tablet);
    expect((await layOut(world, pupils)).status).toBe(403);
    expect((await fetched(world, pupils, body.archive)).status).toBe(403);
    expect((await layOut(world, new Tablet(relay.address))).status).toBe(401);
    const other = await invite(world, 'teacher-admin');
    expect((await fetched(world, other.tablet, body.archive)).status).toBe(404);
    expect((await layOut(world, other.tablet)).status).toBe(201);
    const down = { member: admin.account, role: 'teacher' } as const;
    await must(other.tablet.do(other.person, 'member.role', down, { space }));
    expect((await fetched(world, tablet, body.archive)).status).toBe(403);
  });

  test('[TH7] laid out anew, or on the next day, what was laid out before is gone from the disk', async () => {
    const world = await filled();
    const { tablet, folder, clock } = world;
    const { body: first } = await layOut(world, tablet);
    const { body: next } = await layOut(world, tablet);
    expect((await fetched(world, tablet, first.archive)).status).toBe(404);
    expect(await readdir(join(folder, 'archives'))).toEqual([next.archive]);
    clock.addSeconds(25 * 60 * 60);
    expect((await fetched(world, tablet, next.archive)).status).toBe(404);
  });

  test('[TH7] going on from far behind reads nothing again that was sent once', async () => {
    const world = await filled();
    const { tablet, folder } = world;
    const { body } = await layOut(world, tablet);
    const whole = new Uint8Array(await (await fetched(world, tablet, body.archive)).arrayBuffer());
    for (const name of ['archives', 'media']) await rm(join(folder, name), { recursive: true });
    const rest = await fetched(world, tablet, body.archive, { Range: 'bytes=-300' });
    expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(-300))).toBe(true);
  });

  test('[TH7] is as it stands when its turn comes, and what is under way as everything is thrown away goes, too', async () => {
    const { space, admin, relay, folder, clock } = await filled();
    await relay.stop();
    const storage = sqliteStorage(openDatabase(folder));
    onTestFinished(() => storage.close());
    const media = new MediaFolder(join(folder, 'media'));
    const archives = new Archives(join(folder, 'archives'), { truth: new Truth(storage), media, clock });
    const [first, next] = [archives.make(space, admin.account), archives.make(space, admin.account)];
    await archives.drop();
    for (const made of [await first, await next])
      expect(archives.find(made?.id ?? '', space, admin.account)).toBeUndefined();
    expect(await readdir(join(folder, 'archives'))).toEqual([]);
    expect((await archives.make(space, admin.account))?.pages).toBe(2);
    expect(await archives.make(freshId<SpaceId>(), admin.account)).toBeUndefined();
  });

  test('[TH7] on a disk that is full it says so, and nothing of it stays', async () => {
    const world = await filled();
    const probe = await open(join(world.folder, 'probe'), 'w');
    const full = vi
      .spyOn(Object.getPrototypeOf(probe) as FileHandle, 'writeFile')
      .mockRejectedValue(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
    await probe.close();
    const { status, body } = await layOut(world, world.tablet);
    full.mockRestore();
    expect([status, body.code]).toEqual([507, 'disk-full']);
    expect(await readdir(join(world.folder, 'archives'))).toEqual([]);
    expect((await layOut(world, world.tablet)).status).toBe(201);
  });

  test('[TH7] all that are laid out have a share of the disk: for a new one those go that nobody has asked for the longest', async () => {
    const { space, admin, relay, folder, clock } = await filled();
    await relay.stop();
    const storage = sqliteStorage(openDatabase(folder));
    onTestFinished(() => storage.close());
    const media = new MediaFolder(join(folder, 'media'));
    const from = { truth: new Truth(storage), media, clock };
    const size =
      (await new Archives(join(folder, 'first'), from).make(space, admin.account))?.spool.size ?? 0;
    expect(size).toBeGreaterThan(1000);
    const archives = new Archives(join(folder, 'archives'), from, Math.ceil(size * 2.5));
    const accounts = [admin.account, freshId<AccountId>(), freshId<AccountId>()] as const;
    const made = [];
    for (const account of accounts) made.push(await archives.make(space, account));
    const here = made.map((one, at) => archives.find(one?.id ?? '', space, accounts[at] ?? admin.account));
    expect(here.map((one) => one !== undefined)).toEqual([false, true, true]);
    const narrow = new Archives(join(folder, 'narrow'), from, size - 1);
    await expect(narrow.make(space, admin.account)).rejects.toThrow(DiskFull);
    expect(await readdir(join(folder, 'narrow'))).toEqual([]);
  });

  test('[TH7, MR7] what a request that broke off was not told costs nothing', async () => {
    const clock = new TestClock();
    const rates = new Rates(clock, { ...caps.rates, mediaOut: { burst: 100, perSecond: 1 } });
    const parts = async function* (): AsyncGenerator<Uint8Array> {
      for (let part = 0; part < 100; part++) yield Promise.resolve(new Uint8Array(10));
    };
    const told = (payer: string): ReadableStream<Uint8Array> => {
      rates.charge('mediaOut', payer, 1000);
      return paid({ rates, log: new TestLog() }, { payer, bytes: 1000 }, parts());
    };
    const reader = told('broke off').getReader();
    await reader.read();
    expect(rates.wait('mediaOut', 'broke off')).toBe(900);
    await reader.cancel();
    await told('not begun').cancel();
    await new Response(told('whole')).arrayBuffer();
    await expect.poll(() => rates.wait('mediaOut', 'broke off')).toBe(0);
    await expect.poll(() => rates.wait('mediaOut', 'not begun')).toBe(0);
    expect(rates.wait('mediaOut', 'whole')).toBe(900);
  });

  test.skipIf(process.platform !== 'linux')(
    '[TH7] however it breaks off, nothing of it stays open on the relay',
    async () => {
      const world = await filled();
      const { tablet, pupils, pupil, folder } = world;
      const writer = new Writer(pupils, pupil, world);
      for (let line = 0; line < 30; line++) await writer.writes('El río sigue. '.repeat(2000));
      const { body } = await layOut(world, tablet);
      for (const stretch of ['0-0', '0-99', '0-300000', '700-300000', '-1']) {
        const answer = await fetched(world, tablet, body.archive, { Range: `bytes=${stretch}` });
        expect(answer.status).toBe(206);
        await answer.arrayBuffer();
      }
      const reader = (await fetched(world, tablet, body.archive)).body?.getReader();
      await reader?.read();
      await reader?.cancel();
      await expect.poll(() => openIn(folder, 'archives', 'media')).toEqual([]);
    }
  );

  test('[TH8] a name that a spreadsheet would compute is text in it', () => {
    const state = riosDeEuropa().state();
    const members = new Map(state.members.members);
    for (const [id, member] of members) members.set(id, { ...member, display: '=1+1' });
    const table = membersTable({ ...state, members: { ...state.members, members } }, 'es');
    const text = new TextDecoder().decode(table);
    expect(text).toContain('"\'=1+1";Alumno');
    expect(text).not.toMatch(/^=/m);
  });
});

import { BlockList } from 'node:net';
import { expect, test } from 'vitest';
import type { MediaId, PageId, VisitId } from '#lib/domain/ids.ts';
import { contentOf, digestOf } from '#lib/published/content.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { caps } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { makeApp } from '#relay/http/app.ts';
import { jpeg } from '../support/media/pictures.ts';
import { bodyOf, newElement } from '../support/page-edits.ts';
import { announcing, RelayMedia } from '../support/relay-media.ts';
import { must, withPage, Writer } from '../support/relay-pages.ts';
import { freshId } from '../support/relay-tablet.ts';
import { newVisit, opens, passIn } from '../support/visits.ts';

/** What answers anybody, of the relay itself and of a visit's files, which are the same for all. */
const open = [
  'GET /api/address',
  'GET /api/cookie',
  'GET /api/relay',
  'GET /healthz',
  'GET /v/:visit',
  'GET /v/:visit/away',
  'GET /v/:visit/visit.css',
  'GET /v/:visit/visit.js',
  'GET /v/:visit/worker.js'
];

/** Every way to ask the relay of anything, as its routes stand; those for every method by the two that browsers use. */
function routes(): readonly (readonly [method: string, path: string])[] {
  const { routes: all } = makeApp({ hosts: {} } as Core, undefined);
  const ways = all.flatMap(({ method, path }) =>
    (method === 'ALL' ? ['GET', 'POST'] : [method]).map((one) => `${one} ${path}`)
  );
  return [...new Set(ways)].map((way) => way.split(' ') as [string, string]);
}

test('[G14] every route there is answers a visitor’s pass as it answers nobody, and tells nothing of the TwinSpace', async () => {
  const world = await withPage();
  const { tablet, admin, space, page, pupil, pupils, relay } = world;
  const { address } = relay;
  await new Writer(pupils, pupil, world).writes('Lo que nadie ha publicado');
  const file = jpeg();
  const media = freshId<MediaId>();
  await must(pupils.do(pupil, 'media.add', announcing(file, media), { space }));
  await new RelayMedia(address, space).sends(pupils, media, file);
  const shown = freshId<PageId>();
  const made = { page: shown, title: 'Para las familias', order: 'a1', draft: false };
  await must(tablet.do(admin, 'page.create', made, { space }));
  const digest = await digestOf(contentOf(made.title, [], () => true));
  await must(tablet.do(admin, 'page.publish', { page: shown, digest }, { space }));
  const [visit, other] = [freshId<VisitId>(), freshId<VisitId>()];
  for (const one of [visit, other])
    await must(tablet.do(admin, 'visit.create', await newVisit(one), { space }));
  const pass = passIn(await opens(address, visit));
  expect(pass).not.toBe('');

  /** What stands for each part of an address; a route with another one has no answer about visitors yet. */
  const ids: Readonly<Record<string, string>> = {
    space,
    page,
    media,
    visit: other,
    part: 'file',
    version: '1',
    archive: crypto.randomUUID(),
    account: pupil.account,
    room: world.room,
    tablet: tablet.device
  };
  const filled = (path: string, more: Readonly<Record<string, string>> = {}): string =>
    path
      .replace(/:(\w+)(\{[^}]*\})?\??/g, (whole, name: string) => {
        const id = more[name] ?? ids[name];
        if (id === undefined) throw new Error(`${path}: what does a visitor get of ${whole}?`);
        return encodeURIComponent(id);
      })
      .replaceAll('*', 'x');
  const secrets = [
    ...['El Ebro', 'Lo que nadie ha publicado', 'Ana', 'Uno', pupil.username, admin.username],
    ...[media, Buffer.from(file.subarray(0, 64)).toString('latin1')]
  ];
  const asks = async (method: string, path: string, headers: Readonly<Record<string, string>>) => {
    const body = method === 'GET' || method === 'HEAD' ? null : '{}';
    const type = path.includes('/upload') ? 'application/offset+octet-stream' : 'application/json';
    const answer = await fetch(address + path, {
      method,
      body,
      redirect: 'manual',
      headers: { 'Content-Type': type, ...headers }
    });
    return { status: answer.status, said: Buffer.from(await answer.arrayBuffer()).toString('latin1') };
  };
  const answered = new Set<string>();
  const all = routes();
  expect(all.length).toBeGreaterThan(40);
  for (const [method, route] of all) {
    const path = filled(route);
    const [with_, without] = [await asks(method, path, { Cookie: pass }), await asks(method, path, {})];
    if (with_.status < 400) answered.add(`${method} ${route}`);
    // To whoever shows the pass of another visit its door says besides that nothing is to be kept.
    const said = with_.said.replace(' data-ended', '');
    expect([method, route, with_.status, said]).toEqual([method, route, without.status, without.said]);
    // Its own visit tells what was published, and nothing besides.
    const own = (await asks(method, filled(route, { visit }), { Cookie: pass })).said;
    const asked = path.split('/');
    for (const secret of [...secrets, made.title, shown])
      if (!asked.includes(secret)) expect([route, said.includes(secret)]).toEqual([route, false]);
    for (const secret of secrets)
      expect([route, secret, own.includes(secret)]).toEqual([route, secret, false]);
  }
  // What answers whoever asks; another route that does has to be thought of here.
  expect([...answered].toSorted()).toEqual(open.toSorted());
});

test('[MR7, VS1] whoever asks for the pages and pictures of a link without end takes them from nobody else', async () => {
  const file = jpeg();
  const rates = {
    ...caps.rates,
    mediaOut: { burst: file.length, perSecond: 1 },
    visitBytes: { burst: 1000, perSecond: 1 }
  };
  const trustProxy = new BlockList();
  trustProxy.addAddress('127.0.0.1');
  const world = await withPage({ options: { rates, trustProxy } });
  const { tablet, admin, space, page, pupil, pupils, relay } = world;
  const media = freshId<MediaId>();
  await must(pupils.do(pupil, 'media.add', announcing(file, media), { space }));
  await new RelayMedia(relay.address, space).sends(pupils, media, file);
  const writer = new Writer(pupils, pupil, world);
  const node = { media, size: 'wide', alt: '', caption: '' };
  await pupils.send(await writer.does(() => bodyOf(writer.doc).push([newElement('media', node)])));
  const digest = await digestOf(contentOf('El Ebro', pageTree(writer.doc), () => true));
  await must(tablet.do(admin, 'page.publish', { page, digest }, { space }));
  const visit = freshId<VisitId>();
  await must(tablet.do(admin, 'visit.create', await newVisit(visit), { space }));
  const pass = passIn(await opens(relay.address, visit));
  const asks = async (from: string, method = 'GET'): Promise<number> => {
    const headers = { Cookie: pass, 'X-Forwarded-For': from };
    const answer = await fetch(`${relay.address}/v/${visit}/media/${page}/${media}/file`, {
      method,
      headers
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  // What is told without its bytes costs none.
  for (const method of ['HEAD', 'HEAD', 'GET']) expect(await asks('192.0.2.1', method)).toBe(200);
  expect(await asks('192.0.2.1')).toBe(429);
  expect(await asks('192.0.2.2')).toBe(200);
  const reads = async (from: string): Promise<number> => {
    const headers = { Cookie: pass, 'X-Forwarded-For': from };
    return (await fetch(`${relay.address}/v/${visit}/${page}`, { headers })).status;
  };
  const many = Array.from({ length: 30 }, () => reads('192.0.2.1'));
  expect(await Promise.all(many)).toContain(429);
  expect(await reads('192.0.2.2')).toBe(200);
});

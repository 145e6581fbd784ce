import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { FileHash, MediaId, PageId, VisitId } from '#lib/domain/ids.ts';
import { mostVisitPages } from '#lib/domain/visits.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { contentOf, digestOf } from '#lib/published/content.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import type { RelayOptions } from '#relay/relay.ts';
import { digestOfEmpty } from '../support/cast.ts';
import { jpeg } from '../support/media/pictures.ts';
import { bodyOf, newBlock, newElement } from '../support/page-edits.ts';
import { announcing, RelayMedia } from '../support/relay-media.ts';
import { second } from '../support/relay-founded.ts';
import { must, withPage, Writer } from '../support/relay-pages.ts';
import { freshId, Tablet } from '../support/relay-tablet.ts';
import { newVisit, opens, passIn, secretOf, Visitor } from '../support/visits.ts';

/** A page in which a pupil writes, that an administrator publishes, and a link to it. */
async function withVisit(options: Partial<RelayOptions> = {}) {
  const world = await withPage({ options });
  const { tablet, admin, space, page, pupil, pupils, relay } = world;
  const writer = new Writer(pupils, pupil, world);
  const visit = freshId<VisitId>();
  await must(tablet.do(admin, 'visit.create', await newVisit(visit), { space }));
  const write = async (act: () => void): Promise<void> => {
    const [verdict] = await pupils.send(await writer.does(act));
    expect(verdict?.is).toBe('accepted');
  };
  return {
    ...world,
    writer,
    visit,
    write,
    line: (text: string) => write(() => bodyOf(writer.doc).push([newBlock({}, text)])),
    publish: async (of = page, title = 'El Ebro', shown = (_: string) => true): Promise<Verdict> => {
      const digest = await digestOf(contentOf(title, of === page ? pageTree(writer.doc) : [], shown));
      return tablet.do(admin, 'page.publish', { page: of, digest }, { space });
    },
    says: (name: 'page.unpublish' | 'page.trash' | 'page.restore', of = page) =>
      must(tablet.do(admin, name, { page: of }, { space })),
    visits: () => Visitor.at(relay.address, visit)
  };
}

describe('publishing, at the gate', () => {
  test('[PU1, G14] visitors see the page as it was published, and what is written afterwards once it is again', async () => {
    const world = await withVisit();
    await world.line('El Ebro nace en Fontibre');
    await must(world.publish());
    await world.line('y desemboca en el Delta');
    await must(world.tablet.do(world.admin, 'page.rename', { page: world.page, title: 'Otro' }, world));
    const visitor = await world.visits();
    const before = await visitor.reads(world.page);
    expect(before).toContain('El Ebro nace en Fontibre');
    expect(before).not.toContain('Delta');
    expect(before).not.toContain('Otro');
    await must(world.publish(world.page, 'Otro'));
    expect(await visitor.reads(world.page)).toContain('Delta');
    expect(await visitor.reads()).toContain('Otro');
  });

  test('[PU2] what somebody has written since it was looked at is not published, and the page stays as it was', async () => {
    const world = await withVisit();
    await must(world.publish());
    await world.line('Lo que vio Marta');
    const seen = await digestOf(contentOf('El Ebro', pageTree(world.writer.doc), () => true));
    await world.line('Lo que no vio');
    const late = await world.tablet.do(
      world.admin,
      'page.publish',
      { page: world.page, digest: seen },
      world
    );
    expect(late).toMatchObject({ is: 'refused', code: 'page-not-as-seen' });
    const made = { page: world.page, digest: 'x'.repeat(43) as FileHash };
    expect(await world.tablet.do(world.admin, 'page.publish', made, world)).toMatchObject({
      code: 'page-not-as-seen'
    });
    expect(await (await world.visits()).reads(world.page)).not.toContain('Lo que no vio');
  });

  test('[PU4] what is published no more, or in the trash, is gone at once', async () => {
    const world = await withVisit();
    await world.line('Solo un rato');
    const visitor = await world.visits();
    for (const end of ['page.unpublish', 'page.trash'] as const) {
      await must(world.publish());
      expect(await visitor.reads(world.page)).toContain('Solo un rato');
      await world.says(end);
      expect(await visitor.reads(world.page)).toMatch(/^404 /);
      expect(await visitor.reads()).not.toContain(world.page);
      expect(await visitor.reads('all')).not.toContain(world.page);
    }
    await world.says('page.restore');
    expect(await visitor.reads(world.page)).toMatch(/^404 /);
  });

  test('[PU3, G14] of all that is in the TwinSpace a visitor is told what is published, and no name', async () => {
    const world = await withVisit();
    await world.line('Un río');
    const other = freshId<PageId>();
    const { tablet, admin, space, page, writer } = world;
    await must(
      tablet.do(admin, 'page.create', { page: other, title: 'Secreta', order: 'a1', draft: false }, { space })
    );
    await world.write(() => {
      const block = newBlock({}, 'véase allí');
      bodyOf(writer.doc).push([block]);
      const text = block.get(0) as unknown as { format(at: number, length: number, marks: object): void };
      text.format(0, 5, { link: { href: `page:${other}` } });
    });
    await must(world.publish());
    const visitor = await world.visits();
    const all = await Promise.all(['', page, 'all', other].map((path) => visitor.reads(path)));
    const told = all.join('\n');
    expect(told).toContain('véase');
    for (const word of [
      other.slice(0, 8) + 'x',
      'Secreta',
      admin.username,
      'Ana',
      'Uno',
      world.pupil.username
    ])
      expect(told).not.toContain(word);
    expect(all[1]).not.toContain(other);
    expect(all[3]).toMatch(/^404 /);
    await must(world.publish(other, 'Secreta'));
    expect(await visitor.reads(page)).toContain(`<a href="${other}">véase</a>`);
  });

  test('[PU5] a link to some pages shows these and no others', async () => {
    const world = await withVisit();
    const { tablet, admin, space, page, relay } = world;
    const other = freshId<PageId>();
    await must(
      tablet.do(admin, 'page.create', { page: other, title: 'Otra', order: 'a1', draft: false }, { space })
    );
    await must(world.publish());
    await must(world.publish(other, 'Otra'));
    const some = await newVisit(undefined, { pages: [other] });
    await must(tablet.do(admin, 'visit.create', some, { space }));
    const visitor = await Visitor.at(relay.address, some.visit);
    expect(await visitor.reads()).not.toContain('El Ebro');
    expect(await visitor.reads(other)).toContain('Otra');
    expect(await visitor.reads(page)).toMatch(/^404 /);
    expect(await visitor.reads('all')).not.toContain(page);
  });

  test('[PU1, PU4, PU5] five hundred pages are published, shown by one link that names them all, and taken back', async () => {
    const world = await withVisit();
    const { tablet, admin, space, relay } = world;
    const pages = Array.from({ length: mostVisitPages }, (_, at) => ({
      page: freshId<PageId>(),
      title: `Lámina ${at + 1}`,
      order: `a${String(at).padStart(3, '0')}V`,
      draft: false
    }));
    /** As a tablet sends them: in requests of some. */
    const sends = async (signed: readonly Promise<SignedChange>[]): Promise<void> => {
      const changes = await Promise.all(signed);
      for (let at = 0; at < changes.length; at += 32) {
        const verdicts = await tablet.send(...changes.slice(at, at + 32));
        expect(verdicts.filter(({ is }) => is !== 'accepted')).toEqual([]);
      }
    };
    await sends(pages.map((one) => tablet.sign(admin, 'page.create', one, { space })));
    await sends(
      pages.map(({ page, title }) =>
        tablet.sign(admin, 'page.publish', { page, digest: digestOfEmpty(title) }, { space })
      )
    );
    const all = await newVisit(undefined, { pages: pages.map(({ page }) => page) });
    await must(tablet.do(admin, 'visit.create', all, { space }));
    const visitor = await Visitor.at(relay.address, all.visit);
    const linked = async (): Promise<readonly (string | undefined)[]> =>
      [...(await visitor.reads()).matchAll(/<li><a href="([^"]+)">([^<]+)</g)].map(([, id]) => id);
    expect(await linked()).toEqual(pages.map(({ page }) => page));
    const { pages: kept } = JSON.parse(await visitor.reads('all')) as { readonly pages: readonly string[] };
    for (const { page } of pages) expect(kept).toContain(page);
    const [first, last] = [pages[0], pages.at(-1)];
    for (const one of [first, last]) expect(await visitor.reads(one?.page)).toContain(`>${one?.title}<`);

    await sends(pages.map(({ page }) => tablet.sign(admin, 'page.unpublish', { page }, { space })));
    expect(await linked()).toEqual([]);
    expect(await visitor.reads(last?.page)).toMatch(/^404 /);
  });
});

describe('visits', () => {
  test('[VS1, VS2] who shows the secret gets a pass for this visit alone; who does not learns nothing', async () => {
    const world = await withVisit();
    const { relay, visit, tablet } = world;
    const unknown = freshId<VisitId>();
    const strangers = await Promise.all(
      [visit, unknown].map(async (one) => {
        const door = await fetch(`${relay.address}/v/${one}/`);
        const wrong = await opens(relay.address, one, secretOf(unknown).toUpperCase());
        const texts = [await door.text(), await wrong.text()].map((text) => text.replaceAll(one, ''));
        return { statuses: [door.status, wrong.status], texts };
      })
    );
    expect(strangers[0]).toEqual(strangers[1]);
    expect(strangers[0]?.statuses).toEqual([401, 404]);
    const opened = await opens(relay.address, visit);
    expect(opened.status).toBe(303);
    const lines = opened.headers.getSetCookie();
    for (const line of lines) {
      expect(line).toMatch(new RegExp(`Path=/v/${visit}/; .*HttpOnly; SameSite=Lax`));
      expect(line).not.toContain(secretOf(visit));
      expect(line).not.toContain('__Host-');
    }
    const pass = passIn(opened);
    const elsewhere = new Visitor(relay.address, unknown, pass);
    expect((await elsewhere.ask()).status).toBe(401);
    // Beside it a device's cookie counts nothing, and by itself neither.
    const device = { Cookie: `__Host-twinspace-device=${tablet.cookie}` };
    expect((await fetch(`${relay.address}/v/${visit}/`, { headers: device })).status).toBe(401);
  });

  test('[VS1, G14] with a pass nothing opens of the API, of documents or of media', async () => {
    const world = await withVisit();
    const { relay, visit, space, page } = world;
    const headers = { Cookie: passIn(await opens(relay.address, visit)) };
    const bare = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const answer = await fetch(`${relay.address}${path}`, init);
      return [answer.status, await answer.text()];
    };
    const paths = [
      ...['/api/device', '/api/devices', `/api/spaces/${space}/activity`, `/api/spaces/${space}/devices`],
      ...[`/api/spaces/${space}/pages/${page}/versions`, `/api/spaces/${space}/pages/${page}/writers`],
      ...[`/api/spaces/${space}/media/${freshId()}/file`, `/api/spaces/${space}/visits`],
      ...[`/api/spaces/${space}/pages/${page}/published`, '/sync/x']
    ];
    for (const path of paths) expect(await bare(path, { headers })).toEqual(await bare(path));
    const room = encodeURIComponent(`members/${space}@1`);
    const asking = { method: 'POST', body: new Uint8Array(1) };
    const type = { 'Content-Type': 'application/octet-stream' };
    expect(await bare(`/api/documents/${room}`, { ...asking, headers: { ...type, ...headers } })).toEqual(
      await bare(`/api/documents/${room}`, { ...asking, headers: type })
    );
  });

  test('[VS2] that it was ended, or has expired, is told with the secret or the pass, and the pass goes soon', async () => {
    const world = await withVisit();
    const { relay, visit, clock, tablet, admin, space } = world;
    await must(world.publish());
    const visitor = await world.visits();
    await must(tablet.do(admin, 'visit.revoke', { visit }, { space }));
    const ended = await visitor.ask();
    expect(ended.status).toBe(410);
    expect(ended.headers.getSetCookie()[0]).toContain('Max-Age=86400');
    // Whoever comes back, or whose page has asked before by itself, is told once more.
    expect((await Visitor.after(relay.address, visit, ended).ask()).status).toBe(410);
    expect(await ended.text()).toContain('data-ended');
    expect((await opens(relay.address, visit)).status).toBe(410);
    expect((await fetch(`${relay.address}/v/${visit}/`)).status).toBe(401);
    const short = await newVisit(undefined, { expires: clock.today() });
    await must(tablet.do(admin, 'visit.create', short, { space }));
    const guest = await Visitor.at(relay.address, short.visit);
    expect((await guest.ask()).status).toBe(200);
    clock.addDays(1);
    expect((await guest.ask()).status).toBe(410);
    expect((await guest.ask('all')).status).toBe(410);
    expect((await opens(relay.address, short.visit)).status).toBe(410);
  });

  test('[VS3, G14] a picture is shown where it stands in a published page, and gone once somebody has removed it', async () => {
    const world = await withVisit();
    const { relay, tablet, admin, space, page, pupil, pupils, writer } = world;
    const file = jpeg();
    const media = freshId<MediaId>();
    const store = new RelayMedia(relay.address, space);
    await must(pupils.do(pupil, 'media.add', announcing(file, media), { space }));
    expect((await store.sends(pupils, media, file)).status).toBe(204);
    const node = { media, size: 'wide', alt: 'El río', caption: 'Ana en la orilla' };
    await world.write(() => bodyOf(writer.doc).push([newElement('media', node)]));
    const visitor = await world.visits();
    const path = `media/${page}/${media}/file`;
    expect((await visitor.ask(path)).status).toBe(404);
    await must(world.publish());
    const shown = await visitor.ask(path);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(new Uint8Array(file));
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    // A browser that kept it by itself would show it when nothing is shown any more.
    expect(shown.headers.get('cache-control')).toBe('private, no-store');
    const part = await visitor.ask(path, { Range: 'bytes=0-3' });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4]);
    expect(await visitor.reads(page)).toContain(`<img src="${path}" alt="El río"`);
    expect((await visitor.ask(`media/${freshId()}/${media}/file`)).status).toBe(404);
    await must(tablet.do(admin, 'media.remove', { media }, { space }));
    expect((await visitor.ask(path)).status).toBe(404);
    const without = await visitor.reads(page);
    for (const gone of [path, 'El río', 'Ana en la orilla']) expect(without).not.toContain(gone);
    expect(await visitor.reads('all')).not.toContain(media);
  });

  test('[VS4, VS8] the relay counts openings by day, tells administrators alone, and keeps nothing else', async () => {
    const world = await withVisit();
    const { visit, tablet, pupils, space, relay } = world;
    await must(world.publish());
    const visitor = await world.visits();
    const outside = { 'Sec-Fetch-Site': 'none' };
    await visitor.reads('', outside);
    await visitor.reads(world.page);
    const { body: told } = await tablet.ask('GET', `/api/spaces/${space}/visits`);
    expect(told).toEqual({ visits: [{ visit, times: 2, last: world.clock.today() }] });
    for (const [who, status] of [
      [pupils, 403],
      [new Tablet(relay.address), 401]
    ] as const) {
      const answer = await fetch(`${relay.address}/api/spaces/${space}/visits`, {
        headers: who.cookie === undefined ? {} : { Cookie: `__Host-twinspace-device=${who.cookie}` }
      });
      expect(answer.status).toBe(status);
    }
    const { body: published } = await tablet.ask('GET', `/api/spaces/${space}/pages/${world.page}/published`);
    expect(published).toEqual({ on: world.clock.today(), title: 'El Ebro', parts: [] });
  });

  test('[VS8] a link of another TwinSpace is nobody else’s, whoever knows its id', async () => {
    const world = await withVisit();
    const mares = await second(world);
    const taken = await newVisit(world.visit);
    expect(await mares.tablet.do(mares.admin, 'visit.create', taken, { space: mares.space })).toMatchObject({
      is: 'refused',
      code: 'visit-exists'
    });
    const { body } = await mares.tablet.ask('GET', `/api/spaces/${mares.space}/visits`);
    expect(body).toEqual({ visits: [] });
    await must(world.tablet.do(world.admin, 'visit.revoke', { visit: world.visit }, world));
  });

  test('[VS5] its pages load nothing from elsewhere, run nothing inline, and say so to browsers and search machines', async () => {
    const world = await withVisit();
    await world.line('<script>alert(1)</script> "><img src=x onerror=alert(1)>');
    await must(world.publish());
    const visitor = await world.visits();
    for (const path of ['', world.page, 'away', 'none']) {
      const answer = await visitor.ask(path);
      const { headers } = answer;
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow, noarchive');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('private, no-store');
      const html = await answer.text();
      expect(html.match(/<script[^>]*>/g)).toEqual([expect.stringContaining(' src="/v/')]);
      expect(html).not.toMatch(/<[^>]*\s(on\w+|style)=|<style/);
      expect(html).not.toContain('<img src=x');
    }
    for (const [accepted, words] of [
      ['en-GB,en;q=0.9,es;q=0.8', 'All pages'],
      ['fr, es;q=0.5', 'Todas las páginas'],
      ['fr', 'Todas las páginas'],
      ['en;q=0', 'Todas las páginas']
    ] as const)
      expect(await visitor.reads(world.page, { 'Accept-Language': accepted })).toContain(words);
  });

  test('[VS1] what opens no link is told so in words: a form of another kind, one too long, a link pasted whole', async () => {
    const { relay, visit } = await withVisit();
    const post = (body: string): Promise<Response> =>
      fetch(`${relay.address}/v/${visit}/`, { method: 'POST', redirect: 'manual', body });
    expect((await post('')).status).toBe(404);
    expect((await post('{"secret":1}')).status).toBe(404);
    expect((await post('x'.repeat(5000))).status).toBe(413);
    expect((await fetch(`${relay.address}/v/nobody/`)).status).toBe(400);
    expect((await fetch(`${relay.address}/v/${visit}`, { redirect: 'manual' })).status).toBe(308);
    const whole = `${relay.address}/v/${visit}#${secretOf(visit)}`;
    expect((await opens(relay.address, visit, whole)).status).toBe(303);
  });

  test('[VS1, VS4] ten thousand guesses open nothing, count as no visit, and keep nobody else out', async () => {
    const trustProxy = new BlockList();
    trustProxy.addAddress('127.0.0.1');
    const { relay, visit, space, tablet, clock } = await withVisit({ trustProxy });
    const from = (address: string, secret: string): Promise<number> =>
      opens(relay.address, visit, secret, { 'X-Forwarded-For': address }).then(({ status }) => status);
    const statuses: number[] = [];
    for (let at = 0; at < 10_000; at += 200)
      statuses.push(
        ...(await Promise.all(
          Array.from({ length: 200 }, (_, one) => from('192.0.2.1', `guess ${at + one}`))
        ))
      );
    expect(statuses.filter((status) => status === 404).length).toBeLessThan(2_000);
    expect(statuses.filter((status) => status !== 404 && status !== 429)).toEqual([]);
    expect(await from('192.0.2.2', secretOf(visit))).toBeLessThan(400);
    expect((await fetch(`${relay.address}/healthz`)).status).toBe(200);
    const { body } = await tablet.ask('GET', `/api/spaces/${space}/visits`);
    // The real visitor alone.
    expect(body).toEqual({ visits: [{ visit, times: 1, last: clock.today() }] });
  });

  test('[VS1] many who guess are told to wait', async () => {
    const { relay, visit } = await withVisit();
    const statuses = await Promise.all(
      Array.from({ length: 300 }, (_, at) =>
        opens(relay.address, visit, `guess ${at}`).then(({ status }) => status)
      )
    );
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status !== 404 && status !== 429)).toEqual([]);
  });
});

test('[PU5] a date of a link is one of the calendar', async () => {
  const { tablet, admin, space } = await withVisit();
  const bad = await newVisit(undefined, { expires: '2026-02-30' as CalendarDate });
  expect(await tablet.do(admin, 'visit.create', bad, { space })).toMatchObject({ code: 'malformed' });
});

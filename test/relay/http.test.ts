import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CommitPoint } from '#relay/gate/commit-point.ts';
import { version } from '#relay/version.ts';
import { changeVersion } from '#lib/protocol/change.ts';
import { limits } from '#lib/protocol/limits.ts';
import { addPupil, found, invite, Tablet } from '../support/relay-tablet.ts';
import { tempFolder, testRelay } from '../support/relay.ts';
import { founded } from '../support/relay-founded.ts';

/** A request with a raw path and any headers, which `fetch` would tidy. */
function raw(
  address: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET'
): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  const { hostname, port } = new URL(address);
  return new Promise((done, fail) => {
    const asking = request({ hostname, port, path, headers, method }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) })
      );
    });
    asking.on('error', fail);
    asking.end();
  });
}

describe('the API', () => {
  test('[HT1] every failure has a code and a fitting status', async () => {
    const { relay, tablet } = await founded();
    const stranger = new Tablet(relay.address);
    const answers = [
      await stranger.report(),
      await stranger.ask('POST', '/api/changes', { changes: [] }),
      await stranger.ask('GET', '/api/nothing'),
      await stranger.ask('GET', '/api/changes'),
      await tablet.ask('POST', '/api/changes', { changes: [] }),
      await tablet.ask('POST', '/api/usernames/next', { base: 'no' })
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [401, { code: 'not-enrolled' }],
      [401, { code: 'not-enrolled' }],
      [404, { code: 'not-found' }],
      [404, { code: 'not-found' }],
      [400, { code: 'malformed' }],
      [400, { code: 'malformed' }]
    ]);
  });

  test('[HT1] a relay that is wrong itself says so with a code, and nothing of what went wrong', async () => {
    const { relay, tablet, log } = await founded();
    vi.spyOn(crypto.subtle, 'digest').mockRejectedValue(new Error('secret detail'));
    onTestFinished(() => void vi.restoreAllMocks());
    const { status, body } = await tablet.ask('POST', '/api/links/look', { secret: 'A'.repeat(43) });
    expect([status, body]).toEqual([500, { code: 'relay-failed' }]);
    expect(JSON.stringify(log.lines)).toContain('request-failed');
    expect(JSON.stringify(log.lines)).not.toContain('secret detail');
    vi.restoreAllMocks();
    expect((await new Tablet(relay.address).ask('GET', '/api/relay')).status).toBe(200);
  });

  test.each<[string, string, number, string]>([
    ['no JSON', '{', 400, 'malformed'],
    ['no UTF-8', '\uD800', 400, 'malformed'],
    ['nothing', '', 400, 'malformed'],
    ['a list', '[]', 400, 'malformed'],
    ['with a field too many', '{"username":"a","for":"password","more":1}', 400, 'malformed'],
    ['with a field too few', '{"username":"a"}', 400, 'malformed'],
    ['too large', JSON.stringify({ username: 'a'.repeat(5000), for: 'password' }), 413, 'too-large']
  ])('[HT2] a body that is %s is refused', async (_what, body, status, code) => {
    const { relay } = await testRelay();
    const answer = await new Tablet(relay.address).ask('POST', '/api/sign-in/start', body);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  test('[HT2] a body of more than 2 MiB is refused, also when its length is not said', async () => {
    const { relay, tablet } = await founded();
    const part = new Uint8Array(64 * 1024).fill(32);
    // Far more than what lies between the two at any moment.
    const most = 32 * limits.body;
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += part.length;
        controller.enqueue(part);
        if (sent > most) controller.close();
      }
    });
    const answer = await fetch(`${relay.address}/api/changes`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Cookie: `__Host-twinspace-device=${tablet.cookie}`
      },
      body,
      duplex: 'half'
    } as RequestInit).then(
      async (response) => [response.status, await response.json()],
      () => 'cut off'
    );
    expect([[413, { code: 'too-large' }], 'cut off']).toContainEqual(answer);
    expect(sent).toBeLessThan(most);
  });

  test.each<[string, Record<string, string>, number]>([
    ['with the origin of another host', { Origin: 'https://elsewhere.example' }, 403],
    ['with an origin that is nobody’s', { Origin: 'null' }, 403],
    ['that the browser says is from another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['of a plain form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 400],
    ['of a plain form that calls itself text', { 'Content-Type': 'text/plain' }, 400]
  ])('[HT3] a request %s does nothing', async (_what, headers, status) => {
    const { admin, tablet, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on: tablet.today }, { space });
    const answer = await tablet.ask('POST', '/api/changes', { changes: [change] }, headers);
    expect(answer.status).toBe(status);
    expect(await tablet.send(change)).toMatchObject([{ is: 'accepted', version: 2 }]);
  });

  test('[HT3] a page of this host may ask, over http as over https', async () => {
    const { tablet, relay } = await founded();
    const { host } = new URL(relay.address);
    for (const origin of [`http://${host}`, `https://${host}`]) {
      const answer = await tablet.ask(
        'POST',
        '/api/links/look',
        { secret: 'A'.repeat(43) },
        { Origin: origin }
      );
      expect(answer.body).toEqual({ code: 'link-unknown' });
    }
  });

  test('[HT4] whoever asks too much is told when to come again, and is served then', async () => {
    const { relay, clock } = await testRelay();
    const tablet = new Tablet(relay.address);
    const ask = (): ReturnType<typeof tablet.ask<{ code: string; seconds?: number }>> =>
      tablet.ask('POST', '/api/links/look', { secret: 'A'.repeat(43) });
    let answer = await ask();
    let count = 1;
    for (; answer.body.code === 'link-unknown'; count++) answer = await ask();
    expect(count).toBe(241);
    expect(answer).toMatchObject({ status: 429, body: { code: 'too-many', seconds: 1 } });
    expect(answer.headers.get('retry-after')).toBe('1');
    clock.addSeconds(1);
    expect((await ask()).body.code).toBe('link-unknown');
  });

  test('[HT9, OP15] the relay says which version it is and whether it is ready, and serves nothing new once it stops', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => (release = done));
    const points: CommitPoint[] = [];
    const { relay, setUp } = await testRelay({ onPoint: (point) => void points.push(point) });
    const { tablet, admin, space } = await found(relay.address, setUp);
    const health = await fetch(`${relay.address}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { ready: true, version }]);
    expect(health.headers.get('cache-control')).toBe('no-store');

    const agent = new Tablet(relay.address);
    const slow = fetch(`${relay.address}/api/links/look`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      duplex: 'half',
      body: new ReadableStream({
        start: async (controller) => {
          controller.enqueue(new TextEncoder().encode('{'));
          await held;
          controller.enqueue(new TextEncoder().encode(`"secret":"${'A'.repeat(43)}"}`));
          controller.close();
        }
      })
    } as RequestInit);
    await tablet.do(admin, 'access.record', { on: tablet.today }, { space });
    const stopped = relay.stop();
    await expect(agent.ask('GET', '/api/relay')).rejects.toThrow();
    release();
    expect((await slow).status).toBe(404);
    await stopped;
  });

  test('[HT10] the next free username is told to staff only', async () => {
    const world = await founded();
    const partner = await invite(world);
    const { pupil } = await addPupil(world, 'Angel', 'CanoRobles');
    const home = new Tablet(world.relay.address);
    await home.signIn(pupil);
    const next = async (who: Tablet, base: string): Promise<unknown> => {
      const { status, body } = await who.ask('POST', '/api/usernames/next', { base });
      return [status, body];
    };
    expect(await next(partner.tablet, 'angel.canorobles')).toEqual([200, { username: 'angel.canorobles.2' }]);
    expect(await next(world.tablet, 'noa.vidal')).toEqual([200, { username: 'noa.vidal.1' }]);
    expect(await next(home, 'noa.vidal')).toEqual([403, { code: 'not-permitted' }]);
    expect(await next(new Tablet(world.relay.address), 'noa.vidal')).toEqual([401, { code: 'not-enrolled' }]);
  });
});

/** A small built app. */
function builtApp(): string {
  const build = tempFolder();
  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(join(build, path, '..'), { recursive: true });
    writeFileSync(join(build, path), content);
  };
  put('index.html', `<!doctype html><title>T</title><script>start()</script><script src="/a.js"></script>`);
  put('service-worker.js', 'self.x=1;'.repeat(500));
  put('manifest.webmanifest', '{}');
  put('_app/version.json', '{"version":"abc"}');
  put('_app/immutable/entry/start.js', 'x'.repeat(2000));
  put('_app/immutable/font.woff2', randomBytes(3000));
  put('.sources', 'hash');
  return build;
}

describe('the built app', () => {
  async function served(): Promise<{ address: string; build: string }> {
    const build = builtApp();
    const { relay } = await testRelay({ build });
    return { address: relay.address, build };
  }

  test.each([
    ['/service-worker.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
    [
      '/_app/immutable/entry/start.js',
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable'
    ],
    ['/_app/immutable/font.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
    ['/_app/version.json', 'application/json; charset=utf-8', 'no-cache'],
    ['/index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/space/any/members', 'text/html; charset=utf-8', 'no-store']
  ])('[HT5] %s has its type and its time of keeping', async (path, type, cache) => {
    const { address } = await served();
    const answer = await raw(address, path);
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      200,
      type,
      cache
    ]);
    const again = await raw(address, path, { 'If-None-Match': String(answer.headers['etag']) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  test('[HT5] what the build packed is sent so to whoever can unpack it', async () => {
    const build = join(import.meta.dirname, '../../build');
    const { relay } = await testRelay({ build });
    const [plain, br, gzip] = [
      await raw(relay.address, '/service-worker.js'),
      await raw(relay.address, '/service-worker.js', { 'Accept-Encoding': 'gzip, deflate, br' }),
      await raw(relay.address, '/service-worker.js', { 'Accept-Encoding': 'gzip' })
    ];
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    const icon = await raw(relay.address, '/icons/icon-180.png', { 'Accept-Encoding': 'br' });
    expect([icon.status, icon.headers['content-encoding']]).toEqual([200, undefined]);
  });

  test('[HT5] a packed copy that is older than its file, or larger, is not sent', async () => {
    const { address, build } = await served();
    const file = join(build, 'service-worker.js');
    const asked = (): ReturnType<typeof raw> =>
      raw(address, '/service-worker.js', { 'Accept-Encoding': 'br' });
    const encodings: unknown[] = [];
    for (const [content, packed, minutes] of [
      ['1;'.repeat(900), 'short', 1],
      ['2;'.repeat(900), 'short', -1],
      ['3;'.repeat(900), '3;'.repeat(900), 1]
    ] as const) {
      writeFileSync(file, content);
      writeFileSync(`${file}.br`, packed);
      const then = new Date(statSync(file).mtimeMs + minutes * 60_000);
      utimesSync(`${file}.br`, then, then);
      encodings.push((await asked()).headers['content-encoding']);
    }
    expect(encodings).toEqual(['br', undefined, undefined]);
  });

  test('[HT5] a new build is served without a restart', async () => {
    const { address, build } = await served();
    const before = await raw(address, '/');
    rmSync(join(build, 'index.html'));
    writeFileSync(join(build, 'index.html'), '<!doctype html><title>New</title><script>other()</script>');
    const after = await raw(address, '/');
    expect(after.body.toString()).toContain('New');
    expect(after.headers['content-security-policy']).not.toBe(before.headers['content-security-policy']);
  });

  test.each(['/', '/setup', '/login', '/space/1234/members', '/a%20b', '/api-not', '/?x=.js'])(
    '[HT6] %s is the app, whatever the request accepts',
    async (path) => {
      const { address } = await served();
      for (const accept of ['text/html', 'application/json', 'image/png', '*/*']) {
        const answer = await raw(address, path, { Accept: accept });
        expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      }
    }
  );

  test.each([
    '/nothing.js',
    '/favicon.ico',
    '/_app/immutable/gone',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd.txt',
    '/.sources',
    '/_app/../.sources',
    '/%00.js',
    '/%E0%A4%A.js',
    '//etc/hosts.txt'
  ])('[HT6] %s is not there', async (path) => {
    const { address } = await served();
    expect((await raw(address, path)).status).toBe(404);
  });

  test('[HT7] a page runs only the scripts of this relay, its inline ones by their hashes', async () => {
    const { address } = await served();
    const { host } = new URL(address);
    const policy = String((await raw(address, '/setup')).headers['content-security-policy']);
    const hash = createHash('sha256').update('start()').digest('base64');
    const directives = Object.fromEntries(
      policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)])
    );
    expect(directives).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'", `'sha256-${hash}'`],
      'style-src': ["'self'"],
      'connect-src': ["'self'", `ws://${host}`, `wss://${host}`],
      'media-src': ["'self'", 'blob:'],
      'worker-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"]
    });
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('unsafe-eval');
    const forged = await raw(address, '/', { Host: "x; script-src 'unsafe-inline'" });
    expect(String(forged.headers['content-security-policy'] ?? '')).not.toContain('unsafe-inline');
  });

  test('[HT7] the real app’s only style attribute is the one that the policy names', async () => {
    const build = join(import.meta.dirname, '../../build');
    const scripts = readdirSync(build, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.js'))
      .map((path) => readFileSync(join(build, path), 'utf8'));
    const found = scripts.flatMap((script) => [...script.matchAll(/<[a-z][^<>]* style="([^"]*)"/g)]);
    const hashes = new Set(
      found.map(([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    );
    const { relay } = await testRelay({ build });
    const policy = String((await raw(relay.address, '/')).headers['content-security-policy']);
    expect([...hashes]).toEqual([/style-src-attr 'unsafe-hashes' (\S+?);/.exec(policy)?.[1]]);
  });

  test.each(['/', '/service-worker.js', '/nothing.js', '/api/relay', '/api/device', '/healthz'])(
    '[HT8] %s carries the headers that keep it from being misread, framed or leaked',
    async (path) => {
      const { address } = await served();
      expect((await raw(address, path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin'
      });
    }
  );

  test('[HT8] camera and microphone are for the app itself; place, payment and USB for nobody', async () => {
    const { address } = await served();
    const policy = String((await raw(address, '/')).headers['permissions-policy']);
    expect(policy.split(', ')).toEqual([
      'camera=(self)',
      'geolocation=()',
      'microphone=(self)',
      'payment=()',
      'usb=()'
    ]);
  });

  test('[HT6] what the app was built from is told, and the API is never taken for a page', async () => {
    const { address } = await served();
    const { body } = await raw(address, '/api/relay');
    expect(JSON.parse(body.toString())).toEqual({ protocol: changeVersion, app: 'abc', today: '2026-11-24' });
    for (const path of ['/api', '/api/x', '/sync/x']) {
      expect((await raw(address, path, { Accept: 'text/html' })).status).toBe(404);
    }
  });
});

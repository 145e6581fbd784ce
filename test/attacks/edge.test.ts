import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { limits } from '#lib/protocol/limits.ts';
import { caps } from '#relay/caps.ts';
import { readConfig } from '#relay/config.ts';
import { AllowedHosts, type Aimed } from '#relay/http/allowed-hosts.ts';
import { ClientAddresses, trustedProxies } from '#relay/http/client-address.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { ask } from '../support/raw-request.ts';
import { ReverseProxy } from '../support/reverse-proxy.ts';
import { founded } from '../support/relay-founded.ts';
import { RelayFollower } from '../support/relay-follower.ts';
import { addPupil, found, invite, Tablet } from '../support/relay-tablet.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';

describe('who asks', () => {
  test.each<[string, Record<string, string>]>([
    ['with the origin of another host', { Origin: 'https://elsewhere.example' }],
    ['with an origin that is nobody’s', { Origin: 'null' }],
    ['that the browser says is from another site', { 'Sec-Fetch-Site': 'cross-site' }]
  ])('[HT11] a page %s is told nothing', async (_what, headers) => {
    const { tablet } = await founded();
    for (const path of ['/api/relay', '/api/device', '/api/devices', '/api/nothing'])
      expect((await tablet.ask('GET', path, undefined, headers)).body).toEqual({ code: 'wrong-origin' });
    expect((await tablet.report()).status).toBe(200);
  });

  test('[HT12] bodies that are cut off are no errors of the relay', async () => {
    const { relay, log, tablet } = await founded();
    const { hostname, port } = new URL(relay.address);
    const head = `POST /api/changes HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\n`;
    const who = `Cookie: __Host-twinspace-device=${tablet.cookie}\r\n`;
    for (const rest of [
      'Content-Length: 900\r\n\r\n{"chan',
      'Transfer-Encoding: chunked\r\n\r\n5\r\n{"cha\r\n9\r\n'
    ])
      await new Promise<void>((done) => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => done());
        socket.resume();
        socket.end(head + who + rest);
      });
    expect((await tablet.report()).status).toBe(200);
    expect(log.lines).toEqual([]);
  });

  test('[HT18] an account that sends many bodies at once is asked to come again, and others are heard', async () => {
    const world = await founded();
    const { relay, tablet, admin, space } = world;
    const partner = await invite(world);
    const { hostname, port } = new URL(relay.address);
    const sockets = Array.from({ length: 9 }, () => {
      const socket = connect(Number(port), hostname);
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => socket.destroy());
      const head = `POST /api/changes HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\n`;
      const length = limits.body;
      socket.write(
        `${head}Cookie: __Host-twinspace-device=${tablet.cookie}\r\nContent-Length: ${length}\r\n\r\n`
      );
      socket.write(Buffer.alloc(length - 1, '['));
      return socket;
    });
    const [refused] = await Promise.race(sockets.map((socket) => once(socket, 'data')));
    expect(String(refused)).toContain('HTTP/1.1 429');
    expect((await relay.load()).heldBytes).toBeLessThanOrEqual(16 * 1024 * 1024);
    const change = await partner.tablet.sign(
      partner.person,
      'access.record',
      { on: tablet.today },
      { space }
    );
    expect(await partner.tablet.send(change)).toMatchObject([{ is: 'accepted' }]);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await relay.load()).heldBytes).toBe(0);
    expect(await tablet.do(admin, 'access.record', { on: tablet.today }, { space })).toMatchObject({
      is: 'accepted'
    });
  });

  test('[HT19] strangers and another account use up nothing of a device at their address', async () => {
    const few = {
      ...caps.rates,
      address: { burst: 20, perSecond: 1 },
      device: { burst: 20, perSecond: 1 },
      doors: { burst: 5, perSecond: 1 }
    };
    const { relay, setUp } = await testRelay({ rates: few });
    const world = await found(relay.address, setUp);
    const partner = await invite(world);
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const stranger = new Tablet(relay.address);
    const forged = { Cookie: `__Host-twinspace-device=${'A'.repeat(43)}` };
    for (const headers of [{}, forged]) {
      let status = 0;
      for (let count = 0; count < 25; count++)
        ({ status } = await stranger.ask('GET', '/api/device', undefined, headers));
      expect(status).toBe(429);
    }
    let status = 0;
    for (let count = 0; count < 25; count++) ({ status } = await partner.tablet.report());
    expect(status).toBe(429);
    expect((await world.tablet.report()).status).toBe(200);
    expect((await world.tablet.signIn(pupil)).status).toBe(200);
  });

  test('[HT17] a revoked device’s browser drops what it has kept by itself, and nothing that waits', async () => {
    const { relay, tablet } = await founded();
    expect((await tablet.report()).headers.get('clear-site-data')).toBeNull();
    await relay.revokeDevice(tablet.device);
    const { body, headers } = await tablet.ask('GET', '/api/device');
    expect([body, headers.get('clear-site-data')]).toEqual([{ code: 'device-revoked' }, '"cache"']);
  });

  test('[SI3] as much is done for a name that nobody has as for one that somebody has', async () => {
    const reads: string[] = [];
    const { relay, setUp } = await testRelay({
      open: (folder) => {
        const storage = sqliteStorage(openDatabase(folder));
        const { directory } = storage;
        const credential = (key: Parameters<typeof directory.credential>[0]): Promise<string | undefined> => {
          reads.push('credential');
          return directory.credential(key);
        };
        return { ...storage, directory: { ...directory, credential } };
      }
    });
    const world = await found(relay.address, setUp);
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const stranger = new Tablet(relay.address);
    const done = async (username: string, use: string): Promise<readonly string[]> => {
      reads.length = 0;
      await stranger.ask('POST', '/api/sign-in/start', { username, for: use });
      const body = { username, for: use, prove: 'A'.repeat(43), device: stranger.device };
      expect((await stranger.ask('POST', '/api/sign-in', body)).body['code']).toBe('sign-in-wrong');
      return [...reads];
    };
    const nobody = crypto.randomUUID();
    for (const use of ['password', 'recovery'])
      for (const unknown of ['nadie.nunca.1', nobody])
        expect(await done(unknown, use)).toEqual(await done(pupil.username, use));
    expect(reads).toHaveLength(2);
  });
});

describe('where requests come from', () => {
  const of = (
    remoteAddress: string,
    forwarded?: string,
    trusted = '127.0.0.1, 10.0.0.0/8, fd00::/8'
  ): string =>
    new ClientAddresses(trustedProxies(trusted)).of({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    });

  test.each([
    ['no proxy', '192.0.2.7', undefined, '192.0.2.7'],
    ['somebody who only says so', '192.0.2.7', '198.51.100.1', '192.0.2.7'],
    ['a proxy', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a proxy over IPv6 sockets', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['two proxies', '10.1.1.1', '198.51.100.1, 10.2.2.2', '198.51.100.1'],
    ['a proxy, and what the client made up', '127.0.0.1', '203.0.113.9, 198.51.100.1', '198.51.100.1'],
    ['a proxy that says a port', '127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['a proxy that says a port of IPv6', '127.0.0.1', '[2001:db8::1]:4711', '2001:db8:0:0::/64'],
    ['a proxy that does not know', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['a proxy that says nothing', '127.0.0.1', undefined, '127.0.0.1'],
    ['nothing but proxies', '127.0.0.1', '10.9.9.9, 10.8.8.8', '10.9.9.9'],
    ['a network', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['the same network', '2001:0db8:0001:0002::9', undefined, '2001:db8:1:2::/64'],
    ['an IPv4 address within IPv6', '::ffff:192.0.2.7', undefined, '192.0.2.7'],
    ['the same, written otherwise', '::ffff:c000:0207', undefined, '192.0.2.7'],
    ['a zone', 'fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
    ['nowhere', '', undefined, 'unknown']
  ])('[HT13] %s', (_what, remote, forwarded, counted) => {
    expect(of(remote, forwarded)).toBe(counted);
  });

  test('[HT13] nobody is trusted unless somebody says so', () => {
    expect(of('127.0.0.1', '198.51.100.1', '')).toBe('127.0.0.1');
    expect(readConfig({}).trustProxy.rules).toEqual([]);
    expect(readConfig({ TRUST_PROXY: ' 10.0.0.1 ,, fd00::/8' }).trustProxy.rules).toHaveLength(2);
  });

  test.each(['10.0.0.0/33', 'proxy', '10.0.0', '::1/129', '10.0.0.0/8/8', '10.0.0.0/'])(
    '[HT13] %s is no proxy',
    (text) => {
      expect(() => readConfig({ TRUST_PROXY: text })).toThrow('proxy-invalid');
    }
  );

  async function behind(trust: string): Promise<TestRelay & { proxy: ReverseProxy; tablet: Tablet }> {
    const trusted = trustedProxies(trust);
    const world = await testRelay(trusted ? { trustProxy: trusted } : {});
    const proxy = await ReverseProxy.start(world.relay.address);
    onTestFinished(() => proxy.close());
    return { ...world, proxy, tablet: new Tablet(proxy.address) };
  }

  test('[HT13] through a real proxy each client has its own rate, whatever it says of itself', async () => {
    const { proxy, tablet } = await behind('127.0.0.1');
    const look = async (said: string): Promise<number> =>
      (await tablet.ask('POST', '/api/links/look', { secret: 'A'.repeat(43) }, { 'X-Forwarded-For': said }))
        .status;
    proxy.client = '198.51.100.1';
    for (let count = 0; count < 240; count++) expect(await look(`203.0.113.${count}`)).toBe(404);
    expect(await look('203.0.113.250')).toBe(429);
    proxy.client = '198.51.100.2';
    expect(await look('198.51.100.1')).toBe(404);
  });

  test('[HT13] a stranger’s wrong passwords behind the same proxy hold nobody up', async () => {
    const { proxy, relay, setUp, tablet } = await behind('127.0.0.1');
    const world = await found(relay.address, setUp);
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    proxy.client = '198.51.100.1';
    const wrong = { username: pupil.username, password: 'falsa1falsa' };
    for (let count = 0; count < 4; count++) await tablet.signIn(wrong);
    expect((await tablet.signIn(wrong)).body.code).toBe('slow-down');
    proxy.client = '198.51.100.2';
    expect((await new Tablet(proxy.address).signIn(pupil)).status).toBe(200);
  });

  test('[HT13] sockets pass a proxy, too', async () => {
    const { proxy, relay, setUp } = await behind('127.0.0.1');
    const { tablet, space } = await found(relay.address, setUp);
    proxy.client = '2001:db8::5';
    expect((await tablet.at(proxy.address).follow(`members/${space}@1`).synced()).version).toBe(1);
  });
});

describe('which names are its own', () => {
  const nothing = { origin: undefined, site: undefined, hasCookie: false };

  test.each<[string, Partial<Omit<Aimed, 'host'>>, boolean]>([
    ['localhost:8080', {}, true],
    ['tablet.localhost', {}, true],
    ['127.0.0.1:8080', {}, true],
    ['127.8.8.8', {}, true],
    ['[::1]:8080', {}, true],
    ['192.168.1.5:8080', {}, true],
    ['[fd00::5]', {}, true],
    ['aula.lan', {}, true],
    ['elsewhere.example', {}, false],
    ['elsewhere.example', { origin: 'http://elsewhere.example' }, false],
    ['elsewhere.example', { origin: 'http://elsewhere.example', hasCookie: true }, false],
    ['twinspace.example.org', { origin: 'https://twinspace.example.org' }, true],
    ['twinspace.example.org', { site: 'same-origin' }, true],
    ['twinspace.example.org', { hasCookie: true }, true],
    ['127.0.0.1.elsewhere.example', {}, false],
    ['localhost.elsewhere.example', {}, false],
    ['a b', {}, false],
    ['', {}, false]
  ])('[HT14] a relay that nobody has named, called %s with %o: %s', (host, shown, taken) => {
    expect(new AllowedHosts('aula.lan').allows({ ...nothing, ...shown, host })).toBe(taken);
  });

  test.each<[string, boolean]>([
    ['twinspace.example.org', true],
    ['TwinSpace.example.org:443', true],
    ['localhost:8080', true],
    ['127.0.0.1:8080', true],
    ['10.0.0.5:8080', true],
    ['10.0.0.6:8080', false],
    ['elsewhere.example', false]
  ])('[HT14] a relay with a public address, called %s: %s', (host, taken) => {
    const hosts = new AllowedHosts('10.0.0.5', new URL('https://twinspace.example.org'));
    expect(hosts.allows({ host, origin: `https://${host}`, site: 'same-origin', hasCookie: true })).toBe(
      taken
    );
  });

  test('[HT14] a request by another name is refused with a code, a socket too', async () => {
    const { relay, tablet, space } = await founded();
    const foreign = { Host: 'elsewhere.example', Origin: 'http://elsewhere.example' };
    for (const headers of [{ Host: 'elsewhere.example' }, foreign])
      expect(await ask(relay.address, '/api/relay', headers)).toMatchObject({
        status: 421,
        body: '{"code":"wrong-host"}'
      });
    expect((await ask(relay.address, '/healthz', foreign)).status).toBe(200);
    const socket = new RelayFollower(relay.address, `members/${space}@1`, tablet.cookie, foreign);
    expect(await socket.closed).toBe(1006);
  });

  test('[HT14, HT15] with a public address every other name is refused, and browsers are told to use TLS', async () => {
    const { relay } = await testRelay({ publicUrl: new URL('https://twinspace.example.org') });
    const own = await ask(relay.address, '/api/relay', { Host: 'twinspace.example.org' });
    expect([own.status, own.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
    expect((await ask(relay.address, '/api/relay', { Host: '192.0.2.1' })).status).toBe(421);
    expect((await ask(relay.address, '/api/relay', {})).status).toBe(200);
  });

  test('[HT20] whoever opens the app by another name is led to its address with https', async () => {
    const { relay } = await testRelay({ publicUrl: new URL('https://twinspace.example.org') });
    for (const [path, to] of [
      ['/pupil-login?a=b', '/pupil-login'],
      ['//elsewhere.example/', '//elsewhere.example/']
    ]) {
      const { status, headers } = await ask(relay.address, path ?? '', { Host: '192.0.2.1' });
      expect([status, headers['location']]).toEqual([307, `https://twinspace.example.org${to}`]);
    }
    const plain = await testRelay({ publicUrl: new URL('http://twinspace.example.org') });
    expect((await ask(plain.relay.address, '/', { Host: '192.0.2.1' })).status).toBe(421);
  });

  test('[HT15] a relay of which nobody has said that it has TLS says nothing of it', async () => {
    const { relay } = await testRelay({ publicUrl: new URL('http://aula.lan:8080') });
    const { headers } = await ask(relay.address, '/api/relay', { Host: 'aula.lan:8080' });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  test.each(['twinspace.example.org', 'ftp://a.b', 'https://a.b/path', 'https://user@a.b', 'https://a.b?x'])(
    '[OP8] %s is no public address',
    (text) => {
      expect(() => readConfig({ PUBLIC_URL: text })).toThrow('public-url-invalid');
    }
  );

  test('[OP8] the public address comes from the environment', () => {
    expect(readConfig({}).publicUrl).toBeUndefined();
    expect(readConfig({ PUBLIC_URL: 'https://a.b/' }).publicUrl?.host).toBe('a.b');
  });
});

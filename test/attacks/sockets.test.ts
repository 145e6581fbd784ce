import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { caps } from '#relay/caps.ts';
import { ClientAddresses } from '#relay/http/client-address.ts';
import { makeServer } from '#relay/http/server.ts';
import { HeldBytes } from '#relay/held-bytes.ts';
import { RelayFollower } from '../support/relay-follower.ts';
import { founded } from '../support/relay-founded.ts';
import { found, Tablet } from '../support/relay-tablet.ts';
import { testRelay, TestLog } from '../support/relay.ts';

/** A connection on which anything can be said, and which does not end by itself. */
async function dial(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

function handshake(path: string, cookie = ''): string {
  return [
    `GET ${path} HTTP/1.1`,
    ...['Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Cookie: __Host-twinspace-device=${cookie}`],
    '\r\n'
  ].join('\r\n');
}

/** A masked binary frame of which the last bytes are left out. */
function unfinished(length: number, missing: number): Buffer {
  const header = Buffer.from([0x82, 0xfe, length >> 8, length & 255, 0, 0, 0, 0]);
  return Buffer.concat([header, Buffer.alloc(length - missing)]);
}

test('[RM12] three hundred sockets that are cut while they are let in leave nothing behind', async () => {
  const { relay, tablet, space } = await founded();
  const room = `/sync/members/${space}@1`;
  const cut = Array.from({ length: 300 }, async () => {
    const socket = await dial(relay.address);
    socket.write(handshake(room, tablet.cookie), () => socket.resetAndDestroy());
  });
  await Promise.all(cut);
  await expect.poll(() => relay.load()).toMatchObject({ sockets: 0, heldBytes: 0 });
  for (let count = 0; count < 64; count++) await tablet.follow(`members/${space}@1`).synced();
});

test('[RM12] whoever is revoked while being let in is not in', async () => {
  const { relay, tablet, space } = await founded();
  const followers = Array.from({ length: 40 }, () => tablet.follow(`members/${space}@1`));
  await followers[0]?.opened();
  await relay.revokeDevice(tablet.device);
  const codes = await Promise.all(followers.map(({ closed }) => closed));
  expect(new Set(codes)).toEqual(new Set([4423]));
  // Whoever is shut out knows it before the relay has heard that they have gone.
  await expect.poll(async () => (await relay.load()).sockets).toBe(0);
});

test('[RM13] the devices of one account have at most 512 sockets together', async () => {
  const { relay, admin, tablet, space } = await founded();
  const room = `members/${space}@1`;
  const devices = [tablet, ...Array.from({ length: 8 }, () => new Tablet(relay.address))];
  for (const device of devices.slice(1)) await device.signIn(admin);
  for (const device of devices.slice(0, 8))
    await Promise.all(Array.from({ length: 64 }, () => device.follow(room).synced()));
  expect(await devices[8]?.follow(room).closed).toBe(4529);
});

test('[RM18] strangers at an address use up nothing of the sockets that enrolled devices there may open', async () => {
  const few = { ...caps.rates, upgrades: { burst: 20, perSecond: 1 } };
  const { relay, setUp } = await testRelay({ rates: few });
  const { tablet, space } = await found(relay.address, setUp);
  const room = `members/${space}@1`;
  const refusal = async (cookie?: string): Promise<number> => {
    const { socket } = new RelayFollower(relay.address, room, cookie);
    const refused = once(socket, 'unexpected-response').then(
      ([, answer]) => (answer as IncomingMessage).statusCode ?? 0
    );
    return Promise.race([refused, once(socket, 'close').then(([code]) => Number(code))]);
  };
  // None, and one of the right form that nobody has.
  for (const cookie of [undefined, 'A'.repeat(43)]) {
    const answers = await Promise.all(Array.from({ length: 25 }, () => refusal(cookie)));
    expect(answers).toContain(429);
  }
  await tablet.follow(room).synced();
});

test('[RM13] an upgrade that is refused is held open by nobody', async () => {
  const { relay } = await founded();
  const sockets = await Promise.all(Array.from({ length: 20 }, () => dial(relay.address)));
  const connections = async (): Promise<number> => (await relay.load()).connections;
  await expect.poll(connections).toBeGreaterThanOrEqual(20);
  for (const socket of sockets) socket.write(handshake('/elsewhere'));
  // The connection by which the TwinSpace was founded may still be there.
  await expect.poll(connections).toBeLessThan(5);
});

test.each([
  ['says nothing', ''],
  ['never ends its headers', 'POST / HTTP/1.1\r\nHost: relay\r\nX: '],
  ['never ends its body', 'POST / HTTP/1.1\r\nHost: relay\r\nContent-Length: 9\r\n\r\n1'],
  ['does not read its answer', 'GET / HTTP/1.1\r\nHost: relay\r\n\r\n'],
  ['has nothing more to ask', 'HEAD / HTTP/1.1\r\nHost: relay\r\n\r\n']
])('[OP10] a connection that %s is ended', async (_what, said) => {
  const log = new TestLog();
  const quick = {
    ...caps.connection,
    headersMs: 60,
    requestMs: 90,
    keepAliveMs: 60,
    idleMs: 200,
    checkMs: 20
  };
  const server = makeServer(
    { log, addresses: new ClientAddresses() },
    (request, response) => {
      if (request.method === 'GET') response.end(Buffer.alloc(64 * 1024 * 1024));
      else if (request.method === 'HEAD') response.end();
      else request.resume();
    },
    quick
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const address = server.address();
  const socket = await dial(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  socket.pause();
  socket.write(said);
  const left = (): Promise<number> =>
    new Promise((done) => server.getConnections((_error, count) => done(count)));
  await expect.poll(left).toBe(0);
});

test('[OP10] one address has only so many connections', async () => {
  const few = { ...caps.connection, perAddress: 3 };
  const server = makeServer({ log: new TestLog(), addresses: new ClientAddresses() }, () => undefined, few);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const address = server.address();
  const where = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const [first] = [await dial(where), await dial(where), await dial(where)];
  const fourth = await dial(where);
  fourth.resume();
  await once(fourth, 'end');
  first.destroy();
  await expect
    .poll(async () => {
      const again = await dial(where);
      again.resume();
      const became = new Promise((done) => {
        for (const end of ['end', 'close']) again.once(end, () => done('ended'));
        server.once('request', () => done('heard'));
      });
      again.write('GET / HTTP/1.1\r\nHost: relay\r\n\r\n');
      return became;
    })
    .toBe('heard');
});

test('[RM14] a message that does not come whole is counted, and its sender cut off after 20 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { relay, tablet, space, clock } = await founded();
  const slow = await tablet.follow(`members/${space}@1`).opened();
  const raw = (slow.socket as unknown as { _socket: Socket })._socket;
  raw.write(unfinished(60_000, 10));
  await expect.poll(async () => (await relay.load()).heldBytes).toBeGreaterThan(59_000);
  vi.advanceTimersByTime(20_000);
  expect(slow.socket.readyState).toBe(WebSocket.OPEN);
  clock.addSeconds(20);
  vi.advanceTimersByTime(20_000);
  expect(await slow.closed).toBe(1006);
  await expect.poll(() => relay.load()).toMatchObject({ sockets: 0, heldBytes: 0 });
});

test('[RM14] what arrives in many parts is let go once it is whole', async () => {
  const { relay, tablet, space } = await founded();
  const follower = await tablet.follow(`members/${space}@1`).synced();
  for (let part = 0; part < 10; part++)
    follower.socket.send(part === 0 ? Uint8Array.of(1, 1) : '', { binary: true, fin: false });
  await expect.poll(async () => (await relay.load()).heldBytes).toBeGreaterThan(0);
  follower.socket.send(Uint8Array.of(0), { binary: true, fin: true });
  await follower.until(() => follower.frames.includes(1));
  expect((await relay.load()).heldBytes).toBe(0);
});

test('[RM14] nobody holds more than its share, and all together no more than there is', () => {
  const held = new HeldBytes(caps.memory);
  const { perAccount, all } = caps.memory;
  expect(held.take('a', perAccount)).toBe(true);
  expect(held.take('a', 1)).toBe(false);
  const others = Array.from({ length: all / perAccount }, (_, at) => held.take(`b${at}`, perAccount));
  expect(others.filter((taken) => !taken)).toHaveLength(1);
  held.release('a', perAccount);
  expect([held.take('c', perAccount), held.all]).toEqual([true, all]);
});

test('[RM15] the stock provider that has more to say than a message may hold comes back once, and goes on', async () => {
  const { relay, tablet, space, admin } = await founded();
  let opened = 0;
  const codes: number[] = [];
  class CookieSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { Cookie: `__Host-twinspace-device=${tablet.cookie}` } });
      opened += 1;
      this.on('close', (code) => codes.push(code));
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(
    `${relay.address.replace('http', 'ws')}/sync`,
    `members/${space}@1`,
    doc,
    {
      WebSocketPolyfill: CookieSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true
    }
  );
  onTestFinished(() => provider.destroy());
  const synced = (): Promise<void> =>
    new Promise((done) => provider.on('sync', (is: boolean) => is && done()));
  await synced();
  // As a store that is loaded after the provider has connected.
  const again = synced();
  const stored = new Y.Doc();
  stored.getMap('elsewhere').set('filler', 'x'.repeat(1024 * 1024));
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(stored), 'a store');
  await again;
  await tablet.do(admin, 'access.record', { on: tablet.today }, { space });
  await expect.poll(() => doc.getMap('meta').get('version')).toBe(2);
  expect([opened, codes]).toEqual([2, [1009]]);
});

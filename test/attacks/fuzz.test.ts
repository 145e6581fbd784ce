import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { found } from '../support/relay-tablet.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { Seeded } from '../support/seeded.ts';

/** What somebody says to the relay on one connection; resolves when the relay has ended it. */
function say(port: number, bytes: Buffer): Promise<void> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.once('close', () => done());
    socket.resume();
    socket.end(bytes);
  });
}

/** Addresses that no browser sends, the ones that ended the process once among them. */
const targets = [
  '//',
  'http://[',
  'http://a:b',
  '/\\',
  '/sync/',
  '/sync/%',
  '/sync//..//',
  '/sync/members/%E0%A4%A@1',
  '/sync/members/00000000-0000-4000-8000-000000000000@1',
  '/sync/?#',
  '*',
  '',
  'about:blank',
  '/api/device?credentials=%00',
  '/api//relay',
  '/healthz'
] as const;
const methods = ['GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT', 'PRI', 'PURGE', 'get', ''] as const;
const versions = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.1 ', ''] as const;
const headers = [
  'Host: relay',
  'Host: ',
  'Host: a b',
  'Host: [::1',
  'Host: 127.0.0.1:99999',
  'Origin: null',
  'Origin: http://[',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Content-Length: 5\r\nContent-Length: 6',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, identity',
  'Expect: 100-continue',
  'Expect: the-moon',
  'Cookie: __Host-twinspace-device=%00; ;=;',
  'X-Forwarded-For: ,,,%,[::],999.1.1.1',
  'Content-Type: application/json',
  'If-None-Match: W/"',
  'Accept-Encoding: br;q=x',
  'Sec-WebSocket-Protocol: ,'
] as const;

/** A WebSocket handshake as far as it can be one. */
function handshake(chance: Seeded, target: string): string {
  const key = chance.of(['dGhlIHNhbXBsZSBub25jZQ==', 'x', '']);
  return [
    `${chance.of(['GET', 'GET', 'GET', 'POST', 'HEAD'])} ${target} HTTP/1.1`,
    chance.of(['Host: 127.0.0.1', 'Host: 127.0.0.1', ...headers]),
    'Connection: Upgrade',
    `Upgrade: ${chance.of(['websocket', 'websocket', 'h2c', ''])}`,
    `Sec-WebSocket-Key: ${key}`,
    `Sec-WebSocket-Version: ${chance.of(['13', '8', 'x'])}`,
    ...(chance.below(3) === 0 ? [chance.of(headers)] : [])
  ].join('\r\n');
}

/** A target: one of the known ones, one with something in it, or anything. */
function target(chance: Seeded): string {
  const known = chance.of(targets);
  if (chance.below(3) > 0) return known;
  const at = chance.below(known.length + 1);
  const noise = chance.bytes(1 + chance.below(6)).toString('latin1');
  return known.slice(0, at) + noise + known.slice(at);
}

function requests(chance: Seeded): Buffer {
  const line = `${chance.of(methods)} ${target(chance)} ${chance.of(versions)}`;
  const some = Array.from({ length: chance.below(5) }, () => chance.of(headers));
  const end = chance.below(8) === 0 ? '' : '\r\n\r\n';
  return Buffer.from([line, ...some].join('\r\n') + end + chance.of(['', '{', '0\r\n\r\n']), 'latin1');
}

/** A frame as a follower could send it, of any type and length, or bytes that are none. */
function frame(chance: Seeded): Buffer {
  const payload = chance.bytes(chance.below(64));
  if (chance.below(4) === 0) return payload;
  // What y-websocket would say, with anything behind it.
  if (chance.below(2) === 0) payload.set([chance.below(4), chance.below(4)].slice(0, payload.length));
  const first = chance.of([0x82, 0x82, 0x82, 0x02, 0x80, 0x81, 0x88, 0x89, 0x8a, 0xf2, 0x83]);
  const length = chance.below(10) === 0 ? 127 : payload.length;
  return Buffer.concat([Buffer.from([first, 128 | length, 0, 0, 0, 0]), payload]);
}

test('[OP9] ten thousand broken requests, upgrades and frames later the relay answers', async () => {
  const relay = await RelayProcess.start();
  onTestFinished(() => relay.dispose());
  const { port } = relay;
  const address = `http://127.0.0.1:${port}`;
  const { tablet, space } = await found(address, relay.setupPath.split('#')[1] ?? '');
  const chance = new Seeded(20_261_128);
  const opening = [
    `GET /sync/members/${space}@1 HTTP/1.1`,
    ...['Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Cookie: __Host-twinspace-device=${tablet.cookie}`]
  ].join('\r\n');
  const upgrade = (): Buffer => Buffer.from(`${handshake(chance, target(chance))}\r\n\r\n`, 'latin1');
  // Each of the three kinds, then the next, in one order for one seed; forty frames come on one connection.
  const made = [
    ...Array.from({ length: 100 }, () =>
      Buffer.concat([Buffer.from(`${opening}\r\n\r\n`), ...Array.from({ length: 40 }, () => frame(chance))])
    ),
    ...Array.from({ length: 3_000 }, upgrade),
    ...Array.from({ length: 3_000 }, () => requests(chance))
  ];
  const speakers = Array.from({ length: 50 }, async () => {
    for (let next = made.shift(); next; next = made.shift()) await say(port, next);
  });
  await Promise.all(speakers);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await tablet.follow(`members/${space}@1`).synced()).version).toBe(1);
  expect(relay.log).not.toMatch(/fatal|listener-failed|request-failed|socket-failed/);
  expect(await relay.stop()).toBe(0);
});

test('[OP9] an upgrade of an address that is none is refused, and the relay goes on', async () => {
  const relay = await RelayProcess.start();
  onTestFinished(() => relay.dispose());
  for (const where of ['//', 'http://[', 'http://a:b', '/\\', '/sync/%', '*', '']) {
    const ask = `GET ${where} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    await say(relay.port, Buffer.from(ask));
    expect((await fetch(`http://127.0.0.1:${relay.port}/healthz`)).status, where).toBe(200);
  }
});

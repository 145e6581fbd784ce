import { connect } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import type { MediaId } from '#lib/domain/ids.ts';
import { jpeg } from '../support/media/pictures.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';
import { announcing, codeOf, RelayMedia, tus } from '../support/relay-media.ts';
import { addPupil, found, Tablet, type Founded, type Newcomer } from '../support/relay-tablet.ts';

const file = jpeg();

let at: TestRelay;
let ours: Founded;
let wire: RelayMedia;
let angel: Newcomer;
let angels: Tablet;

beforeEach(async () => {
  at = await testRelay();
  ours = await found(at.relay.address, at.setUp);
  wire = new RelayMedia(at.relay.address, ours.space);
  angel = (await addPupil(ours, 'Angel', 'Rio')).pupil;
  angels = new Tablet(at.relay.address);
  await angels.signIn(angel);
});

const announce = (): Promise<MediaId> => wire.announce(angels, angel, announcing(file));

/** A request over a bare socket, with any headers and body; the status with which it is answered. */
function raw(media: MediaId, headers: readonly string[], body: string | Uint8Array = ''): Promise<string> {
  const { hostname, port, host } = new URL(at.relay.address);
  return new Promise((done, fail) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.on('data', (part: Buffer) => {
      answer += part.toString('latin1');
      if (!answer.includes('\r\n')) return;
      done(answer.split(' ')[1] ?? '');
      socket.destroy();
    });
    socket.on('error', fail);
    socket.on('close', () => done('closed'));
    const head = [
      `PATCH /api/spaces/${ours.space}/media/${media}/file/upload HTTP/1.1`,
      `Host: ${host}`,
      `Cookie: __Host-twinspace-device=${angels.cookie ?? ''}`,
      'Tus-Resumable: 1.0.0',
      'Content-Type: application/offset+octet-stream',
      ...headers
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(body);
  });
}

test.each(['-1', '00', '0x0', '1e0', ' 0 1', '0.0', '9007199254740993', '99999999999999999999', '', 'NaN'])(
  '[MR1] an offset of "%s" is no offset, and nothing is taken',
  async (offset) => {
    const media = await announce();
    const length = `Content-Length: ${file.length}`;
    expect(await raw(media, [`Upload-Offset: ${offset}`, length], file)).toBe('409');
    expect(await wire.offsetOf(angels, media)).toBe('0');
  }
);

test('[MR1, HT2] a length that is promised beyond what was announced is refused before a byte is kept', async () => {
  const media = await announce();
  const begins = ['Upload-Offset: 0', `Content-Length: ${file.length + 1}`];
  expect(await raw(media, begins, file)).toBe('413');
  expect(await wire.offsetOf(angels, media)).toBe('0');
});

test('[MR1, HT2] a body without a length ends where what was announced ends', async () => {
  const media = await announce();
  const chunk = (part: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  const begins = ['Upload-Offset: 0', 'Transfer-Encoding: chunked'];
  const endless = Buffer.concat([chunk(file.subarray(0, 50)), ...Array(20).fill(chunk(file))]);
  expect(await raw(media, begins, endless)).toBe('413');
  const offset = Number(await wire.offsetOf(angels, media));
  expect(offset).toBeLessThan(file.length);
  const rest = Buffer.concat([chunk(file.subarray(offset)), Buffer.from('0\r\n\r\n')]);
  const goesOn = [`Upload-Offset: ${offset}`, 'Transfer-Encoding: chunked'];
  expect(await raw(media, goesOn, rest)).toBe('204');
});

test('[MR3, MR1] nobody sends, asks after or fetches by an id of another TwinSpace, in either one', async () => {
  const secret = (await at.relay.makeFoundingLink()).path.split('#')[1] ?? '';
  const theirs = await found(at.relay.address, secret, { name: 'Mares' });
  const there = new RelayMedia(at.relay.address, theirs.space);
  const media = await announce();
  await wire.sends(angels, media, file);
  for (const tablet of [angels, theirs.tablet, ours.tablet]) {
    const asked = await there.ask(tablet, media);
    expect([asked.status, await codeOf(asked)]).toEqual([404, 'not-found']);
    const sent = await there.sends(tablet, media, file);
    expect([sent.status, await codeOf(sent)]).toEqual([404, 'not-found']);
  }
  const head = await wire.ask(theirs.tablet, media, 'file/upload', { method: 'HEAD', headers: tus });
  expect([head.status, head.headers.get('upload-offset')]).toEqual([403, null]);
});

test('[MR3, SI8] of a device that is revoked nothing is taken, told or served, whatever it had begun', async () => {
  const media = await announce();
  await wire.sends(angels, media, file.subarray(0, 50));
  await at.relay.revokeDevice(angels.device);
  for (const answer of [
    await wire.sends(angels, media, file.subarray(50), 50),
    await wire.ask(angels, media),
    await wire.ask(angels, media, 'preview')
  ])
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'device-revoked']);
});

test('[MR3, MR6] no other path than ids leads anywhere', async () => {
  const media = await announce();
  await wire.sends(angels, media, file);
  const paths = [
    '..%2f..%2frunning.json',
    '%2e%2e',
    `${media}%00`,
    `${media}.file`,
    media.toUpperCase() + '%20'
  ];
  for (const path of paths) expect((await wire.ask(angels, path)).status).toBeGreaterThanOrEqual(400);
  for (const part of ['file%2f..%2fpreview', 'arriving', 'FILE', '__proto__', 'file%00'])
    expect((await wire.ask(angels, media, part)).status).toBe(404);
});

test('[MR4, MR2] what a browser could run is never kept, whatever it is announced as', async () => {
  const wicked = [
    '<!doctype html><script>alert(1)</script>',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '%PDF-1.7',
    'PK\u0003\u0004'
  ].map((text) => Buffer.from(text));
  const behind = wicked.map((one) => Buffer.concat([file, one]));
  for (const one of [...wicked, ...behind]) {
    for (const kind of ['jpeg', 'gif', 'mp4'] as const) {
      const media = await wire.announce(angels, angel, { ...announcing(one), kind });
      expect((await wire.sends(angels, media, one)).status).toBe(422);
      expect((await wire.ask(angels, media)).status).toBe(404);
    }
  }
});

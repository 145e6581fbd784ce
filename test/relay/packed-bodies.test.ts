import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { limits } from '#lib/protocol/limits.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { founded, second } from '../support/relay-founded.ts';

/** A request as a tablet sends it. */
interface Sent {
  readonly packed: boolean;
  readonly bytes: number;
}

async function world() {
  const all = await founded();
  const { relay, tablet, admin, space } = all;
  const cookie = `__Host-twinspace-device=${tablet.cookie}`;
  const post = async (path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
    const answer = await fetch(relay.address + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie, ...headers },
      body
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const changes = async (count: number): Promise<readonly SignedChange[]> => {
    const made: SignedChange[] = [];
    while (made.length < count)
      made.push(await tablet.sign(admin, 'space.rename', { name: `Ríos ${made.length}` }, { space }));
    return made;
  };
  return { ...all, cookie, post, changes };
}

test('[NW12] a tablet packs what it sends once the relay has said that it unpacks, in less than half of the bytes', async () => {
  const { relay, cookie, changes } = await world();
  const sent: Sent[] = [];
  const client = new RelayClient((path, init = {}) => {
    const headers = new Headers(init.headers);
    const { length } = init.body as Uint8Array;
    sent.push({ packed: headers.get('content-encoding') === 'gzip', bytes: length });
    headers.set('Cookie', cookie);
    return fetch(relay.address + String(path), { ...init, headers });
  });
  const all = await changes(40);
  const first = await client.changes(all.slice(0, 20));
  const second = await client.changes(all.slice(20));
  const single = await client.changes(all.slice(0, 1));
  for (const { verdicts } of [first, second, single])
    expect(new Set(verdicts.map(({ is }) => is))).toEqual(new Set(['accepted']));
  // One alone is no larger than a packet.
  expect(sent.map(({ packed }) => packed)).toEqual([false, true, false]);
  expect(sent[1]?.bytes).toBeLessThan((sent[0]?.bytes ?? 0) / 2);
});

test('[NW12, HT2] what is packed is as large as what comes out of it, and what cannot be unpacked is refused', async () => {
  const { post, relay, changes } = await world();
  const body = (text: string | Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));
  const whole = body(JSON.stringify({ changes: await changes(2) }));
  const bomb = body(Buffer.alloc(limits.body * 20, '['));
  expect(bomb.length).toBeLessThan(limits.body / 10);
  const gzip = { 'Content-Encoding': 'gzip' };
  expect(await post('/api/changes', bomb, gzip)).toMatchObject({ status: 413, body: { code: 'too-large' } });
  for (const [bytes, headers] of [
    [whole.slice(0, -20), gzip],
    [whole.map((byte, at) => (at > 20 ? byte ^ 0x55 : byte)), gzip],
    [new Uint8Array(), gzip],
    [whole, {}],
    [whole, { 'Content-Encoding': 'br' }],
    [whole, { 'Content-Encoding': 'gzip, gzip' }]
  ] as const)
    expect(await post('/api/changes', bytes, headers)).toMatchObject({
      status: 400,
      body: { code: 'malformed' }
    });
  const packedBytes = await post(`/api/documents/x`, whole, {
    ...gzip,
    'Content-Type': 'application/octet-stream'
  });
  expect(packedBytes.status).toBeGreaterThanOrEqual(400);
  expect((await relay.load()).heldBytes).toBe(0);
  expect(await post('/api/changes', whole, { 'Content-Encoding': 'GZIP' })).toMatchObject({ status: 200 });
});

test('[HT21, NW12] a device that sends what cannot be read is soon told to come again, and no other is', async () => {
  const all = await world();
  const other = await second(all);
  const gzip = { 'Content-Encoding': 'gzip' };
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(limits.body - 16, '[')));
  const statuses: number[] = [];
  while (statuses.length < 30 && statuses.at(-1) !== 429)
    statuses.push((await all.post('/api/changes', bomb, gzip)).status);
  expect(new Set(statuses)).toEqual(new Set([400, 429]));
  const named = await other.tablet.do(other.admin, 'space.rename', { name: 'Ríos' }, { space: other.space });
  expect(named).toMatchObject({ is: 'accepted' });
});

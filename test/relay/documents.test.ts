import { promisify } from 'node:util';
import { constants, deflateRaw, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { joinUpdates, partUpdates } from '#lib/protocol/document-answer.ts';
import { PackedUpdates } from '#relay/http/packed-updates.ts';
import { addPupil, found } from '../support/relay-tablet.ts';
import { founded } from '../support/relay-founded.ts';

const deflate = promisify(deflateRaw);
const empty = Y.encodeStateVector(new Y.Doc());

function ask(
  address: string,
  room: string,
  cookie: string | undefined,
  {
    body = empty,
    type = 'application/octet-stream',
    accept = 'gzip'
  }: { body?: Uint8Array; type?: string; accept?: string } = {}
): Promise<Response> {
  return fetch(`${address}/api/documents/${encodeURIComponent(room)}`, {
    method: 'POST',
    headers: {
      'Content-Type': type,
      'Accept-Encoding': accept,
      ...(cookie === undefined ? {} : { Cookie: `__Host-twinspace-device=${cookie}` })
    },
    body: new Uint8Array(body)
  });
}

async function codeOf(asked: Promise<Response>): Promise<unknown> {
  return ((await (await asked).json()) as { code: unknown }).code;
}

describe('documents without sockets', () => {
  test('[NW10] who may follow a room is given what is missing, and only that', async () => {
    const { relay, tablet, admin, space } = await founded();
    const { rooms } = (await tablet.report()).body as { rooms: string[] };
    const room = rooms.find((name) => name.startsWith('members/')) ?? '';
    const doc = new Y.Doc();
    const read = async (): Promise<number> => {
      const answer = await ask(relay.address, room, tablet.cookie, { body: Y.encodeStateVector(doc) });
      expect(answer.status).toBe(200);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      for (const update of partUpdates(bytes)) Y.applyUpdate(doc, update);
      return bytes.length;
    };
    const whole = await read();
    expect(doc.getMap('members').size).toBe(1);
    await addPupil({ tablet, admin, space }, 'Ana', 'Uno');
    await read();
    expect(doc.getMap('members').size).toBe(2);
    expect(await read()).toBeLessThan(whole);
  });

  test('[NW10] why it is not given is said as over a socket', async () => {
    const { relay, tablet } = await founded();
    const other = await founded();
    const { rooms } = (await tablet.report()).body as { rooms: string[] };
    const [room = ''] = rooms;
    const elsewhere = ((await other.tablet.report()).body as { rooms: string[] }).rooms[0] ?? '';
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const neighbour = await found(relay.address, secret);
    const foreign = ((await neighbour.tablet.report()).body as { rooms: string[] }).rooms[0] ?? '';
    const { address } = relay;
    expect(await codeOf(ask(address, room, undefined))).toBe('not-enrolled');
    expect(await codeOf(ask(address, 'nothing', tablet.cookie))).toBe('not-found');
    expect(await codeOf(ask(address, elsewhere, tablet.cookie))).toBe('not-found');
    expect(await codeOf(ask(address, foreign, tablet.cookie))).toBe('not-permitted');
    expect(await codeOf(ask(address, room.replace(/@1$/, '@2'), tablet.cookie))).toBe('other-generation');
    expect(await codeOf(ask(address, room, tablet.cookie, { type: 'text/plain' }))).toBe('malformed');
    expect(await codeOf(ask(address, room, tablet.cookie, { body: Uint8Array.of(255, 255) }))).toBe(
      'malformed'
    );
    expect(await codeOf(ask(address, room, tablet.cookie, { body: new Uint8Array(2_000_000) }))).toBe(
      'too-large'
    );
    await relay.revokeDevice(tablet.device);
    expect(await codeOf(ask(address, room, tablet.cookie))).toBe('device-revoked');
  });

  test('[RM22] what is large is packed once, and comes in one gzip with what was written since', async () => {
    let packed = 0;
    const updates = new PackedUpdates((bytes, isLast) => {
      if (bytes.length > 16 * 1024) packed += 1;
      return deflate(bytes, { finishFlush: isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH });
    });
    const whole = new TextEncoder().encode(
      Array.from({ length: 4_000 }, (_, at) => `member ${at * 7_919}`).join()
    );
    for (const since of [
      [],
      [Uint8Array.of(7)],
      [Uint8Array.of(1, 2), new Uint8Array(0), whole.slice(9, 500)]
    ]) {
      const all = [whole, ...since];
      const gzip = await updates.gzip(all);
      expect(gunzipSync(gzip)).toEqual(Buffer.from(joinUpdates(all)));
      expect(gzip.length).toBeLessThan(whole.length / 2);
    }
    expect(packed).toBe(1);
  });

  test('[RM22] a packed piece that failed is packed again for the next who asks', async () => {
    let fails = true;
    const updates = new PackedUpdates((bytes, isLast) => {
      if (fails) return Promise.reject(new Error('no memory'));
      return deflate(bytes, { finishFlush: isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH });
    });
    const whole = new Uint8Array(20_000).fill(5);
    await expect(updates.gzip([whole])).rejects.toThrow('no memory');
    fails = false;
    await Promise.resolve();
    expect(gunzipSync(await updates.gzip([whole]))).toEqual(Buffer.from(joinUpdates([whole])));
  });

  test('[RM22] who takes gzip is given it where it gains anything, who does not is given the same unpacked', async () => {
    const { relay, tablet, admin, space } = await founded();
    const { rooms } = (await tablet.report()).body as { rooms: string[] };
    const room = rooms.find((name) => name.startsWith('members/')) ?? '';
    const small = await ask(relay.address, room, tablet.cookie);
    expect(small.headers.get('content-encoding')).toBeNull();
    for (const name of ['Uno', 'Dos', 'Tres']) await addPupil({ tablet, admin, space }, 'Ana', name);
    const [packed, plain] = await Promise.all([
      ask(relay.address, room, tablet.cookie),
      ask(relay.address, room, tablet.cookie, { accept: 'identity' })
    ]);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    // fetch has unpacked it.
    expect(await packed.arrayBuffer()).toEqual(await plain.arrayBuffer());
  });

  test('[NW10] updates are read as they were joined, and what is cut off is none', () => {
    const updates = [Uint8Array.of(1, 2, 3), Uint8Array.of(), Uint8Array.of(4)];
    const joined = joinUpdates(updates);
    expect(partUpdates(joined).map((update) => [...update])).toEqual(updates.map((update) => [...update]));
    expect(() => partUpdates(joined.subarray(0, joined.length - 1))).toThrow(RangeError);
  });
});

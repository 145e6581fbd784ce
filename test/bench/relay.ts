import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { roomName } from '#lib/protocol/rooms.ts';
import { FilledRelay } from './filled-relay.ts';
import { median, ms, type Measured } from './measure.ts';

/** Acknowledged changes per second on SQLite, durable; joining a members document, and its bytes. */
export async function relay(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  const small = await FilledRelay.start(2);
  for (const size of [1, 64]) {
    const rates: number[] = [];
    for (let round = 0; round < 5; round++) {
      const batches = await Promise.all(Array.from({ length: 256 / size }, () => small.pupils(size)));
      const start = performance.now();
      for (const batch of batches) await small.send(batch);
      rates.push(256 / ((performance.now() - start) / 1000));
    }
    const what = `acknowledged changes per second, SQLite, durable, ${size} a request`;
    measured.push({ what, value: median(rates).toFixed(0) });
  }
  await small.stop();
  for (const members of [1_000, 10_000]) {
    const filled = await FilledRelay.start(members);
    const joins: { bytes: number; time: number }[] = [];
    for (let round = 0; round < 7; round++) joins.push(await join(filled));
    const bytes = joins[0]?.bytes ?? 0;
    measured.push(
      { what: `members document of ${members}`, value: `${(bytes / 1024).toFixed(0)} KiB` },
      { what: `join of ${members}, first`, value: ms(joins[0]?.time ?? 0) },
      { what: `join of ${members}, warm`, value: ms(median(joins.slice(1).map(({ time }) => time))) }
    );
    await filled.stop();
  }
  return measured;
}

/** Follows the members document with nothing of it: from the opening of the socket until all is applied. */
async function join(filled: FilledRelay): Promise<{ bytes: number; time: number }> {
  const room = roomName({ document: 'members', space: filled.space, generation: 1 });
  const address = `${filled.relay.address.replace('http', 'ws')}/sync/${room}`;
  const doc = new Y.Doc();
  const start = performance.now();
  const socket = new WebSocket(address, { headers: { Cookie: filled.cookie } });
  await once(socket, 'open');
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  sync.writeSyncStep1(encoder, doc);
  socket.send(encoding.toUint8Array(encoder));
  let bytes = 0;
  while (doc.getMap('members').size === 0) {
    const [data] = (await once(socket, 'message')) as [Buffer];
    bytes += data.length;
    // Message type, then the sync message: 1 is step 2.
    if (data[0] === 0 && data[1] === 1) {
      const { createDecoder, readVarUint, readVarUint8Array } = await import('lib0/decoding');
      const decoder = createDecoder(new Uint8Array(data));
      readVarUint(decoder);
      readVarUint(decoder);
      Y.applyUpdate(doc, readVarUint8Array(decoder));
    }
  }
  const time = performance.now() - start;
  socket.close();
  return { bytes, time };
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { FileHash, MediaId, SpaceId } from '#lib/domain/ids.ts';
import { mediaPath } from '#lib/protocol/media.ts';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { Database } from '#lib/store/database.ts';
import { fileId, pieceBytes, putPiece, wholeFile } from '#lib/store/media-files.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { uploadMedia } from '#lib/sync/upload-media.ts';
import { marta } from '../support/cast.ts';

const space = crypto.randomUUID() as string as SpaceId;

let db: Database;
beforeEach(() => {
  db = new Database(`upload-${crypto.randomUUID()}`);
});
afterEach(() => db.close());

/** A file of so many bytes that was made here, and whose announcement was accepted. */
async function made(bytes: number): Promise<MediaFileRow> {
  const media = crypto.randomUUID() as string as MediaId;
  const id = fileId(media, 'file');
  for (let at = 0; at < bytes; at += pieceBytes) {
    const piece = new Uint8Array(Math.min(pieceBytes, bytes - at)).fill(1 + at / pieceBytes);
    await putPiece(db, id, at / pieceBytes, piece.buffer);
  }
  const whole = { id, space, media, part: 'file', kind: 'webp', hash: 'hash' as FileHash, bytes } as const;
  const row = { ...whole, account: marta.id, state: 'waits', seen: '2026-11-29' as CalendarDate } as const;
  await db.mediaFiles.put(row);
  return row;
}

/** What a relay answers instead of taking something; `cut`: nothing comes back, though it was taken. */
type No = 'not-found' | 'metadata-present' | 'too-many' | 'slow-down' | 'cut';

/** The relay's side of the wire, as PROTOCOL.md has it: what has arrived by path, and what was sent in which order. */
class Wire {
  readonly arrived = new Map<string, number>();
  readonly sent: (readonly [path: string, from: number, bytes: number])[] = [];
  /** What comes next for a file, each once. */
  readonly no = new Map<string, No[]>();

  readonly client = new RelayClient(async (asked, init) => {
    const path = String(asked).replace(/\/upload$/, '');
    const from = this.arrived.get(path) ?? 0;
    const headers = { [relayHeader]: 'a'.repeat(22), 'Upload-Offset': String(from) };
    if (init?.method === 'HEAD') return new Response(null, { headers });
    const bytes = new Uint8Array(await new Response(init?.body).arrayBuffer()).length;
    if (new Headers(init?.headers).get('upload-offset') !== String(from)) throw new Error('another offset');
    this.sent.push([path, from, bytes]);
    const no = this.no.get(path)?.shift();
    // What is looked at and not kept is thrown away.
    if (no === 'metadata-present') this.arrived.delete(path);
    else if (no === undefined || no === 'cut') this.arrived.set(path, from + bytes);
    if (no === 'cut') throw new TypeError('Failed to fetch');
    if (no) return Response.json({ code: no }, { status: no === 'not-found' ? 404 : 409, headers });
    return new Response(null, {
      status: 204,
      headers: { ...headers, 'Upload-Offset': String(from + bytes) }
    });
  });

  says(row: MediaFileRow, ...no: readonly No[]): void {
    this.no.set(mediaPath(row), [...no]);
  }
}

const stateOf = async ({ id }: MediaFileRow) => (await db.mediaFiles.get(id))?.state;

describe('files that go up', () => {
  test('[MT4] small ones first, in pieces; what was cut off goes on where the relay has it', async () => {
    const wire = new Wire();
    const large = await made(2.5 * pieceBytes);
    const small = await made(1000);
    wire.says(large, 'cut');
    await expect(uploadMedia(db, wire.client)).rejects.toMatchObject({ code: 'offline' });
    expect([await stateOf(small), await stateOf(large)]).toEqual(['here', 'waits']);
    expect(await uploadMedia(db, wire.client)).toBe('done');
    expect(await stateOf(large)).toBe('here');
    expect(wire.sent).toEqual([
      [mediaPath(small), 0, 1000],
      [mediaPath(large), 0, pieceBytes],
      [mediaPath(large), pieceBytes, pieceBytes],
      [mediaPath(large), 2 * pieceBytes, pieceBytes / 2]
    ]);
  });

  test('[MT4] from the middle of a piece, too', async () => {
    const wire = new Wire();
    const file = await made(1.5 * pieceBytes);
    wire.arrived.set(mediaPath(file), 1000);
    expect(await uploadMedia(db, wire.client)).toBe('done');
    expect(wire.sent.map(([, from, bytes]) => [from, bytes])).toEqual([
      [1000, pieceBytes - 1000],
      [pieceBytes, pieceBytes / 2]
    ]);
  });

  test('[MT4, MR3] put into the trash or its owner removed meanwhile: it is not sent on, its bytes stay here, and the others go', async () => {
    const wire = new Wire();
    const [gone, other] = [await made(1000), await made(2000)];
    wire.says(gone, 'not-found');
    expect(await uploadMedia(db, wire.client)).toBe('done');
    expect([await stateOf(gone), await stateOf(other)]).toEqual(['unwanted', 'here']);
    expect((await wholeFile(db, gone.id))?.size).toBe(1000);
    expect(await uploadMedia(db, wire.client)).toBe('done');
    expect(wire.sent).toHaveLength(2);
  });

  test('[MT4] what the relay does not keep is sent once more from the start, and is told after that', async () => {
    const wire = new Wire();
    const [bad, worse] = [await made(1000), await made(2000)];
    wire.says(bad, 'metadata-present');
    wire.says(worse, 'metadata-present', 'metadata-present');
    expect(await uploadMedia(db, wire.client)).toBe('done');
    expect([await stateOf(bad), await stateOf(worse)]).toEqual(['here', 'refused']);
    expect(wire.sent.map(([, from, bytes]) => [from, bytes])).toEqual([
      [0, 1000],
      [0, 1000],
      [0, 2000],
      [0, 2000]
    ]);
    expect((await wholeFile(db, worse.id))?.size).toBe(2000);
  });

  test('[MT4] one that has to come again holds up no other; a relay that wants quiet gets it', async () => {
    const wire = new Wire();
    const [first, second, third] = [await made(1000), await made(2000), await made(3000)];
    wire.says(first, 'too-many');
    wire.says(second, 'slow-down');
    await expect(uploadMedia(db, wire.client)).rejects.toMatchObject({ code: 'slow-down' });
    expect(wire.sent).toHaveLength(2);
    wire.says(first, 'too-many');
    expect(await uploadMedia(db, wire.client)).toBe('again');
    const states = [await stateOf(first), await stateOf(second), await stateOf(third)];
    expect(states).toEqual(['waits', 'here', 'here']);
  });
});

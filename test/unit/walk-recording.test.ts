import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { blobSource } from '#lib/capture/blob-source.ts';
import { walkRecording } from '#lib/capture/walk-recording.ts';
import { cleaned } from '../support/media/cleaned.ts';
import { mp4 } from '../support/media/mp4.ts';

test.each([16, 100, 1_000_000])(
  '[MT7] a film comes in pieces of %i bytes whose buffers are filled again, whole, clean and with its hash',
  async (pieceBytes) => {
    const film = mp4();
    const kept: Buffer[] = [];
    const given = new Set<ArrayBuffer>();
    const walked = await walkRecording(new Blob([new Uint8Array(film)]), pieceBytes, (piece, index) => {
      expect(index).toBe(kept.length);
      kept.push(Buffer.from(piece.slice(0)));
      given.add(piece);
      return Promise.resolve(piece);
    });
    const whole = Buffer.concat(kept);
    expect(whole.equals((await cleaned(film)) ?? Buffer.of())).toBe(true);
    expect(walked.bytes).toBe(whole.length);
    expect(walked.hash).toBe(createHash('sha256').update(whole).digest('base64url'));
    expect(kept.slice(0, -1).every(({ length }) => length === pieceBytes)).toBe(true);
    expect(given.size).toBeLessThanOrEqual(4);
  }
);

test('[MT7] while one piece is being kept the next ones are made ready, three of them at most, and all are kept before it ends', async () => {
  const film = mp4();
  const pieces: Buffer[] = [];
  const waiting: (() => void)[] = [];
  let ended = false;
  const walking = walkRecording(new Blob([new Uint8Array(film)]), 100, (piece, index) => {
    pieces[index] = Buffer.from(piece.slice(0));
    return new Promise((resolve) => waiting.push(() => resolve(piece)));
  });
  void walking.then(() => (ended = true));
  const all = Math.ceil(film.length / 100);
  for (let kept = 0; kept < all; kept++) {
    // None is given too early, and whichever is kept first makes room.
    await expect.poll(() => waiting.length).toBe(Math.min(3, all - kept));
    expect(ended).toBe(false);
    waiting.splice(kept % waiting.length, 1)[0]?.();
  }
  const { hash } = await walking;
  expect(hash).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('base64url'));
});

test('[MT7] a piece that cannot be kept ends the walk with what kept it from that, while others are still on their way', async () => {
  const film = new Blob([new Uint8Array(mp4())]);
  const full = new Error('full');
  const walking = walkRecording(film, 100, (piece, index) =>
    index === 1 ? Promise.reject(full) : index === 0 ? new Promise(() => undefined) : Promise.resolve(piece)
  );
  await expect(walking).rejects.toBe(full);
});

test('[MT7] a file that is read through is asked for in large stretches, and after a leap for no more than was wanted', async () => {
  const mebibyte = 1024 * 1024;
  const blob = new Blob([new Uint8Array(20 * mebibyte).map((_, at) => at / 4096)]);
  const asked: number[] = [];
  const slice = blob.slice.bind(blob);
  blob.slice = (from = 0, to = blob.size) => {
    asked.push(to - from);
    return slice(from, to);
  };
  const source = blobSource(blob);
  const read = async (from: number, to: number): Promise<void> => {
    const bytes = await source.read(from, to);
    expect(bytes.length).toBe(to - from);
    expect([bytes[0], bytes.at(-1)]).toEqual([(from / 4096) & 255, ((to - 1) / 4096) & 255]);
  };
  await read(blob.size - 5000, blob.size);
  for (let at = 0; at < blob.size; at += mebibyte) await read(at, at + mebibyte);
  // Some bytes that nobody needs lie between.
  await read(3, 10);
  for (let at = 100; at < blob.size; at += 16_000) await read(at, Math.min(at + 4, blob.size));
  expect(asked.length).toBeLessThanOrEqual(10);
  expect(asked.slice(0, 2)).toEqual([5000, mebibyte]);
  expect(Math.max(...asked)).toBe(8 * mebibyte);
  expect(asked).toContain(7);
});

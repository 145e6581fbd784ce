import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
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
    expect(given.size).toBeLessThanOrEqual(2);
  }
);

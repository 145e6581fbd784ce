import { mediaLimits } from '#lib/media/limits.ts';
import type { Source } from '#lib/media/source.ts';
import { CaptureTrouble } from './trouble.ts';

/** Bytes of a file that are read at once where it is read through: asking for them takes as long as reading them does. */
const ahead = 8 * mediaLimits.piece;

/**
 * MK8: the bytes of a file that somebody picked. What changed since then fails with `CaptureTrouble`. Whoever reads on
 * where they were finds the next bytes at hand; after a leap no more is read than was asked for.
 */
export function blobSource(blob: Blob): Source {
  let hand = new Uint8Array();
  let begins = 0;
  return {
    length: blob.size,
    read: async (from, to) => {
      const ends = begins + hand.length;
      if (from < begins || to > ends) {
        const goesOn = from > begins && from <= ends + mediaLimits.piece;
        const whole = Math.max(to, goesOn ? Math.min(from + ahead, blob.size) : 0);
        hand = new Uint8Array(await bytesOf(blob, from, whole));
        begins = from;
      }
      return hand.subarray(from - begins, to - begins);
    }
  };
}

/**
 * MK8: the bytes from `from` to before `to`, or up to the end.
 *
 * @throws CaptureTrouble where the file is not any more what was picked
 */
export async function bytesOf(blob: Blob, from: number, to: number): Promise<ArrayBuffer> {
  const end = Math.min(to, blob.size);
  const bytes = await blob
    .slice(from, end)
    .arrayBuffer()
    .catch((cause: unknown) => changed(cause));
  return bytes.byteLength === end - from ? bytes : changed();
}

function changed(cause?: unknown): never {
  throw new CaptureTrouble('changed', { cause });
}

import type { Source } from '#lib/media/source.ts';
import { CaptureTrouble } from './trouble.ts';

/** MK8: the bytes of a file that somebody picked. What changed since then fails with `CaptureTrouble`. */
export function blobSource(blob: Blob): Source {
  return {
    length: blob.size,
    read: async (from, to) => new Uint8Array(await bytesOf(blob, from, to))
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

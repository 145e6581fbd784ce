import type { Source } from '#lib/media/source.ts';

/** The bytes of a file that somebody picked. Fails where another program took it away meanwhile. */
export function blobSource(blob: Blob): Source {
  return {
    length: blob.size,
    read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer())
  };
}

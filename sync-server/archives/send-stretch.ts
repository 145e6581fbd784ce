import type { MediaStore } from '#relay/media/media-store.ts';
import type { Archive } from './archives.ts';
import type { LaidFile } from './lay-out.ts';
import { zipStretch } from './zip.ts';

/** TH7: the bytes of an archive from `from` to before `to`. What is opened for it is closed, however it ends. */
export function stretchOfArchive(
  { files, spool, on, sums }: Archive,
  media: MediaStore,
  from: number,
  to: number
): AsyncIterable<Uint8Array> {
  const read = (place: number, start: number): AsyncIterable<Uint8Array> => {
    const file = files[place] as LaidFile;
    return 'media' in file ? media.read(file.media, start, file.size) : spool.read(file.spooled, start);
  };
  return zipStretch(files, { from, to, on, sums }, read);
}

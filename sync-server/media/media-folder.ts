import { createReadStream, type Stats } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isUuid, type DeviceId, type MediaId, type SpaceId } from '#lib/domain/ids.ts';
import { type Arriving, type MediaStore, type OpenFile } from './media-store.ts';
import { mediaParts, type MediaAddress } from '#lib/protocol/media.ts';

/** Of a file that somebody else may be throwing away at this moment. */
const missing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/**
 * MR6: media in a folder: `<TwinSpace>/<media>.<part>`, and beside them `arriving/<TwinSpace>.<media>.<part>.<device>` for
 * what is not whole yet. The same bytes are one file with several names.
 */
export class MediaFolder implements MediaStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async arrived(of: Arriving): Promise<number> {
    return (await statOf(this.#arriving(of)))?.size ?? 0;
  }

  async begunBy(device: DeviceId): Promise<number> {
    const names = await namesIn(this.#beside());
    return names.filter((name) => name.endsWith(`.${device}`)).length;
  }

  async append(to: Arriving, parts: AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(this.#beside(), { recursive: true, mode: 0o700 });
    const file = await open(this.#arriving(to), 'a', 0o600);
    try {
      for await (const part of parts) await file.writeFile(part);
    } finally {
      await file.close();
    }
  }

  async openArrived(of: Arriving): Promise<OpenFile> {
    const file = await open(this.#arriving(of), 'r');
    const { size: length } = await file.stat();
    return {
      length,
      read: async (from, to) => {
        const bytes = new Uint8Array(to - from);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
        return bytes.subarray(0, bytesRead);
      },
      close: () => file.close()
    };
  }

  async keep(arrived: Arriving, same?: MediaAddress): Promise<void> {
    const [path, kept] = [this.#arriving(arrived), this.#kept(arrived)];
    await mkdir(this.#space(arrived.space), { recursive: true, mode: 0o700 });
    // Where the file system knows no second names, the bytes lie there twice.
    const linked = same && (await link(this.#kept(same), kept).then(...yesOrNo));
    if (linked) await rm(path, { force: true });
    else {
      await sync(path);
      await rename(path, kept);
    }
    await sync(this.#space(arrived.space));
  }

  discard(arrived: Arriving): Promise<void> {
    return rm(this.#arriving(arrived), { force: true });
  }

  async has(file: MediaAddress): Promise<boolean> {
    return (await statOf(this.#kept(file))) !== undefined;
  }

  read(file: MediaAddress, from: number, to: number): ReadableStream<Uint8Array> {
    return Readable.toWeb(createReadStream(this.#kept(file), { start: from, end: to - 1 }));
  }

  remove(file: MediaAddress): Promise<void> {
    return rm(this.#kept(file), { force: true });
  }

  async keptBefore(moment: number): Promise<readonly MediaAddress[]> {
    const files: MediaAddress[] = [];
    for (const space of (await namesIn(this.#folder)).filter(isUuid)) {
      for (const name of await namesIn(join(this.#folder, space))) {
        const file = fileNamed(space as SpaceId, name);
        const found = file && (await statOf(this.#kept(file)));
        if (found && found.mtimeMs < moment) files.push(file);
      }
    }
    return files;
  }

  async sweep(moment: number): Promise<void> {
    for (const name of await namesIn(this.#beside())) {
      const path = join(this.#beside(), name);
      const found = await statOf(path);
      if (found && found.mtimeMs < moment) await rm(path, { force: true });
    }
  }

  #beside(): string {
    return join(this.#folder, 'arriving');
  }

  #space(space: SpaceId): string {
    return join(this.#folder, checked(space));
  }

  #kept({ space, media, part }: MediaAddress): string {
    return join(this.#space(space), `${checked(media)}.${part}`);
  }

  #arriving({ space, media, part, device }: Arriving): string {
    return join(this.#beside(), [checked(space), checked(media), part, checked(device)].join('.'));
  }
}

const yesOrNo = [(): boolean => true, (): boolean => false] as const;

/** No other text becomes a part of a path. */
function checked(id: string): string {
  if (!isUuid(id)) throw new Error('no id');
  return id;
}

function fileNamed(space: SpaceId, name: string): MediaAddress | undefined {
  const [media = '', ending] = name.split('.');
  const part = mediaParts.find((one) => one === ending);
  return part && isUuid(media) ? { space, media: media as MediaId, part } : undefined;
}

function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(missing);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(missing)) ?? [];
}

/** Waits until the disk has it. Windows syncs nothing that is open for reading, and opens no folders. */
async function sync(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

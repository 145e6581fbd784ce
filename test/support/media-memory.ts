import { isUuid } from '#lib/domain/ids.ts';
import { type Arriving, type MediaStore } from '#relay/media/media-store.ts';
import { mediaParts, type MediaAddress } from '#lib/protocol/media.ts';

interface Held<Of> {
  readonly of: Of;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly at: number;
}

/** Media in memory: what shows that the contract asks for nothing that only a folder has. */
export class MediaMemory implements MediaStore {
  readonly #arriving = new Map<string, Held<Arriving>>();
  readonly #kept = new Map<string, Held<MediaAddress>>();

  async arrived(of: Arriving): Promise<number> {
    return this.#arriving.get(nameOf(of))?.bytes.length ?? 0;
  }

  async begunBy(device: string): Promise<number> {
    return [...this.#arriving.values()].filter(({ of }) => of.device === device).length;
  }

  async append(to: Arriving, parts: AsyncIterable<Uint8Array>): Promise<void> {
    const name = nameOf(to);
    for await (const part of parts) {
      const before = this.#arriving.get(name)?.bytes ?? new Uint8Array();
      const bytes = new Uint8Array([...before, ...part]);
      this.#arriving.set(name, { of: to, bytes, at: Date.now() });
    }
  }

  async openArrived(of: Arriving) {
    const { bytes } = held(this.#arriving, of);
    return {
      length: bytes.length,
      read: async (from: number, to: number) => bytes.slice(from, to),
      close: () => Promise.resolve()
    };
  }

  async keep(arrived: Arriving): Promise<void> {
    const { bytes } = held(this.#arriving, arrived);
    const { space, media, part } = arrived;
    const of = { space, media, part };
    this.#kept.set(nameOf(of), { of, bytes, at: Date.now() });
    await this.discard(arrived);
  }

  async discard(arrived: Arriving): Promise<void> {
    this.#arriving.delete(nameOf(arrived));
  }

  async has(file: MediaAddress): Promise<boolean> {
    return this.#kept.has(nameOf(file));
  }

  read(file: MediaAddress, from: number, to: number): ReadableStream<Uint8Array> {
    return new Blob([held(this.#kept, file).bytes.slice(from, to)]).stream();
  }

  async remove(file: MediaAddress): Promise<void> {
    this.#kept.delete(nameOf(file));
  }

  async keptBefore(moment: number): Promise<readonly MediaAddress[]> {
    return [...this.#kept.values()].filter(({ at }) => at < moment).map(({ of }) => of);
  }

  async sweep(moment: number): Promise<void> {
    for (const [name, { at }] of this.#arriving) if (at < moment) this.#arriving.delete(name);
  }
}

function nameOf(of: MediaAddress | Arriving): string {
  const ids = [of.space, of.media, ...('device' in of ? [of.device] : [])];
  if (!ids.every(isUuid) || !mediaParts.includes(of.part)) throw new Error('no id');
  return [...ids, of.part].join(' ');
}

function held<Of>(all: ReadonlyMap<string, Held<Of>>, of: MediaAddress | Arriving): Held<Of> {
  const found = all.get(nameOf(of));
  if (!found) throw new Error('nothing is there');
  return found;
}

import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';

/** Where something lies in a spool, in bytes. */
export interface Spooled {
  readonly from: number;
  readonly size: number;
}

/** Makes room for so many bytes in all, or throws. */
export type Room = (bytes: number) => Promise<void>;

/** Texts and documents of an archive, one behind the other in one file: as they stood when it was laid out. */
export class Spool {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #room: Room;
  #end = 0;

  private constructor(path: string, file: FileHandle, room: Room) {
    this.#path = path;
    this.#file = file;
    this.#room = room;
  }

  static async make(path: string, room: Room): Promise<Spool> {
    return new Spool(path, await open(path, 'wx', 0o600), room);
  }

  /** In bytes. */
  get size(): number {
    return this.#end;
  }

  async add(content: string | Uint8Array): Promise<Spooled> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await this.#room(this.#end + bytes.length);
    await this.#file.writeFile(bytes);
    const from = this.#end;
    this.#end += bytes.length;
    return { from, size: bytes.length };
  }

  /** Nothing is added any more. */
  close(): Promise<void> {
    return this.#file.close();
  }

  /** Of what is not empty, from one of its bytes on. Whoever reads it closes it. */
  read({ from, size }: Spooled, start: number): AsyncIterable<Uint8Array> {
    return createReadStream(this.#path, { start: from + start, end: from + size - 1 });
  }

  remove(): Promise<void> {
    return rm(this.#path, { force: true });
  }
}

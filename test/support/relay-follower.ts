import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

/** A follower of one room over a bare socket: every frame is seen, and any can be sent. */
export class RelayFollower {
  readonly doc = new Y.Doc();
  readonly socket: WebSocket;
  /** Message types of the frames that came. */
  readonly frames: number[] = [];
  /** RM4: who writes here, by clientID, as last told. */
  readonly present = new Map<number, unknown>();
  /** Resolves with the code with which the relay ended the connection. */
  readonly closed: Promise<number>;
  readonly #open: Promise<unknown>;
  #waiting: { holds: () => boolean; done: () => void }[] = [];

  constructor(
    address: string,
    room: string,
    cookie: string | undefined,
    headers: Record<string, string> = {}
  ) {
    this.socket = new WebSocket(`${address.replace('http', 'ws')}/sync/${room}`, {
      headers: {
        ...(cookie === undefined ? {} : { Cookie: `__Host-twinspace-device=${cookie}` }),
        ...headers
      }
    });
    this.closed = new Promise((done) => this.socket.once('close', done));
    this.#open = once(this.socket, 'open');
    this.#open.catch(() => undefined);
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => {
      this.#take(new Uint8Array(data));
      this.#waiting = this.#waiting.filter(({ holds, done }) => {
        if (!holds()) return true;
        done();
        return false;
      });
    });
  }

  /** Connects and asks for everything that this document is missing. */
  async synced(): Promise<this> {
    await this.#open;
    const before = this.frames.length;
    this.send(syncFrame((encoder) => sync.writeSyncStep1(encoder, this.doc)));
    await this.until(() => this.frames.slice(before).includes(0));
    return this;
  }

  async opened(): Promise<this> {
    await this.#open;
    return this;
  }

  send(frame: Uint8Array | string): void {
    this.socket.send(frame);
  }

  /** Resolves when it holds; looked at after every frame. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((done) => this.#waiting.push({ holds, done }));
  }

  /** The record in the document. */
  get(map: string, key: string): unknown {
    return this.doc.getMap(map).get(key);
  }

  /** Every record of every map that is not empty. */
  get records(): Readonly<Record<string, unknown>> {
    const maps = [...this.doc.share.keys()]
      .sort()
      .map((name) => [name, this.doc.getMap(name).toJSON()] as const);
    return Object.fromEntries(maps.filter(([, records]) => Object.keys(records).length > 0));
  }

  get version(): unknown {
    return this.get('meta', 'version');
  }

  close(): void {
    this.socket.terminate();
  }

  #take(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === 0) sync.readSyncMessage(decoder, encoding.createEncoder(), this.doc, this);
    if (type === 1) this.#tellPresent(decoding.createDecoder(decoding.readVarUint8Array(decoder)));
    this.frames.push(type);
  }

  #tellPresent(decoder: decoding.Decoder): void {
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      const state: unknown = JSON.parse(decoding.readVarString(decoder));
      if (state === null) this.present.delete(client);
      else this.present.set(client, state);
    }
  }
}

/** What somebody says of whoever writes there, in the words of the stock provider. */
export function presenceOf(...said: readonly (readonly [client: number, clock: number, state: unknown])[]) {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    const update = encoding.encode((inner) => {
      encoding.writeVarUint(inner, said.length);
      for (const [client, clock, state] of said) {
        encoding.writeVarUint(inner, client);
        encoding.writeVarUint(inner, clock);
        encoding.writeVarString(inner, JSON.stringify(state));
      }
    });
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** A frame of the sync protocol. */
export function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    write(encoder);
  });
}

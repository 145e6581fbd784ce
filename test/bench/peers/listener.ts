import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

/** Around the number of a change, in the text that it writes: found in a frame without reading the frame. */
export const mark = (number: number): string => `<<${number}>>`;
const marks = /<<(\d+)>>/g;

/** How a follower speaks to a relay. */
export interface Speech {
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands before every frame. */
  readonly before?: (encoder: encoding.Encoder) => void;
  /** What is said first. */
  readonly hello?: Uint8Array;
}

/** Follows one room over a bare socket and looks for marks alone: what it costs is the same for every relay. */
export class Listener {
  readonly socket: WebSocket;
  /** Bytes that have come. */
  bytes = 0;
  /** The update that came as the answer. */
  answer = new Uint8Array();
  readonly #speech: Speech;
  readonly #came: (number: number) => void;

  private constructor(speech: Speech, came: (number: number) => void) {
    this.#speech = speech;
    this.#came = came;
    this.socket = new WebSocket(speech.address, { headers: speech.headers, perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => {
      this.bytes += data.length;
      for (const [, number] of data.toString('latin1').matchAll(marks)) this.#came(Number(number));
    });
  }

  /**
   * Connects, asks, and has been answered.
   *
   * @param came is called with the number of each change that comes
   */
  static async open(speech: Speech, came: (number: number) => void = () => undefined): Promise<Listener> {
    const listener = new Listener(speech, came);
    await once(listener.socket, 'open');
    if (speech.hello) listener.socket.send(speech.hello);
    const answered = new Promise<void>((done) => {
      listener.socket.on('message', (data: Buffer) => {
        if (listener.#takeAnswer(data)) done();
      });
    });
    listener.send((encoder) => sync.writeSyncStep1(encoder, new Y.Doc()));
    await answered;
    return listener;
  }

  /** Sends a message of the sync protocol. */
  send(write: (encoder: encoding.Encoder) => void): void {
    const frame = encoding.encode((encoder) => {
      this.#speech.before?.(encoder);
      encoding.writeVarUint(encoder, 0);
      write(encoder);
    });
    this.socket.send(frame);
  }

  close(): void {
    this.socket.terminate();
  }

  /** Whether this frame has what was asked for: a sync message (0) that is step 2 (1). */
  #takeAnswer(data: Uint8Array): boolean {
    if (this.answer.length > 0) return false;
    const at = encoding.encode((encoder) => this.#speech.before?.(encoder)).length;
    if (data[at] !== 0 || data[at + 1] !== 1) return false;
    this.answer = decoding.readVarUint8Array(decoding.createDecoder(new Uint8Array(data).subarray(at + 2)));
    return true;
  }
}

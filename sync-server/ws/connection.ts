import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Device } from '#lib/domain/device.ts';
import { isSpaceDocument } from '#lib/domain/may-read.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { Room } from '#lib/protocol/rooms.ts';
import { caps } from '#relay/caps.ts';
import type { Payer } from '#relay/devices/payer.ts';
import type { Missing } from '#relay/gate/catch-up.ts';
import { guarded } from '#relay/guarded.ts';
import type { HeldBytes } from '#relay/held-bytes.ts';
import type { Log } from '#relay/log.ts';
import { nothing } from '#relay/truth/served-state.ts';
import { FloodGauge } from './flood.ts';
import { heartbeatFrame, readFrame } from './frames.ts';
import { Unfinished } from './unfinished.ts';

/** Codes of RFC 6455 §7.4.1 for what is no frame of ours. */
const rfcCodes = { unsupportedData: 1003, invalidPayload: 1007 } as const;

/** What a connection asks of its room. */
export interface Host {
  readonly log: Log;
  /** RM14 */
  readonly held: HeldBytes;
  /** Hands over what a follower with this state vector is missing, before any later update is broadcast. */
  catchUp(
    room: Room,
    stateVector: Uint8Array,
    payer: Payer,
    deliver: (missing: Missing) => void
  ): Promise<void>;
  /** The answer to a step 1: built once for each update. */
  step2(update: Uint8Array): Uint8Array;
  /** A later update, as a frame. */
  update(update: Uint8Array): Uint8Array;
  /** RM19: a follower said something of whoever writes with it. */
  said(connection: Connection, presence: Uint8Array): void;
  /** RM20: who writes in the follower's page, as a frame; undefined where nobody does. */
  presence(connection: Connection): Uint8Array | undefined;
  /** Frames that would have written were ignored. */
  ignored(): void;
  /** Milliseconds that never go back. */
  now(): number;
}

/** Whose connection it is, and what it follows. */
export interface Following {
  readonly device: Device['id'];
  readonly payer: Payer;
  readonly room: Room;
}

/**
 * One follower of one room: reads, and cannot write (RM3). Frames are sent to it once it has been given what it was
 * missing, so nothing is ever pending at its end.
 */
export class Connection {
  readonly device: Device['id'];
  readonly payer: Payer;
  readonly room: Room;
  readonly #socket: WebSocket;
  readonly #host: Host;
  readonly #gauge: FloodGauge;
  readonly #unfinished = new Unfinished();
  /** Bytes of an unfinished message that are counted, and since when it has been one. */
  #arriving: { readonly bytes: number; readonly since: number } | undefined;
  #synced = false;
  /** Bytes of updates sent that have not been read. */
  #unread = 0;
  /** Pings since the last answer. */
  #unanswered = 0;
  /** The last step 1 that has no answer yet; one is answered at a time. */
  #asked: Uint8Array | undefined;
  #answering = false;

  /** @param raw what the socket runs on */
  constructor(socket: WebSocket, raw: Duplex, { device, payer, room }: Following, host: Host) {
    this.device = device;
    this.payer = payer;
    this.room = room;
    this.#socket = socket;
    this.#host = host;
    this.#gauge = new FloodGauge(() => host.now());
    const end = (): void => socket.terminate();
    const control = guarded(host.log, 'control', () => this.#control(), end);
    socket.on('ping', control);
    socket.on('pong', control);
    socket.on(
      'message',
      guarded(host.log, 'message', (data: unknown, isBinary: boolean) => this.#take(data, isBinary), end)
    );
    raw.on(
      'data',
      guarded(host.log, 'data', (chunk: Buffer) => this.#arrived(chunk), end)
    );
    socket.on(
      'close',
      guarded(host.log, 'close', () => this.#gone())
    );
  }

  /** Whether nobody is there any more. */
  get isGone(): boolean {
    return this.#socket.readyState === this.#socket.CLOSED;
  }

  /** Whether it has what it was missing, and is told what comes. */
  get isSynced(): boolean {
    return this.#synced;
  }

  /** Sends a frame that nobody misses for long, unless more is unread than it is worth. */
  present(frame: Uint8Array): void {
    if (this.#synced && this.#socket.bufferedAmount <= caps.memory.unreadBeat) this.#send(frame);
  }

  /** Sends a frame of this generation if the follower has what comes before it. */
  follow(frame: Uint8Array, generation: number): void {
    if (generation !== this.room.generation) return this.close(closeCodes.otherGeneration);
    if (this.#synced) this.#send(frame);
  }

  /** Keeps the stock provider from reconnecting, and finds out whether anybody is still there, and reads and writes. */
  beat(): void {
    const since = this.#arriving?.since;
    const late = since !== undefined && this.#host.now() - since >= caps.memory.messageMs;
    if (this.#unanswered >= 2 || late) return this.#socket.terminate();
    this.#unanswered += 1;
    this.#socket.ping();
    this.#beat();
  }

  close(code: number): void {
    this.#synced = false;
    this.#socket.close(code);
    // Whoever does not answer the close is cut by `ws` (caps).
    this.#socket.removeAllListeners('message');
  }

  #take(data: unknown, isBinary: boolean): void {
    if (!isBinary || !Buffer.isBuffer(data)) return this.close(rfcCodes.unsupportedData);
    let frame: ReturnType<typeof readFrame>;
    try {
      frame = readFrame(data);
    } catch {
      return this.close(rfcCodes.invalidPayload);
    }
    if (this.#gauge.isFlood(frame.is, data.length)) return this.close(closeCodes.flood);
    switch (frame.is) {
      case 'step1':
        this.#asked = frame.stateVector;
        if (!this.#answering) void this.#answer();
        return;
      case 'presence':
        if (!isSpaceDocument(this.room.document)) return this.#host.said(this, frame.update);
        return this.#beat();
      case 'asks-presence':
        return this.#beat(this.#host.presence(this));
      case 'written':
        return this.#host.ignored();
      case 'ignored':
        return;
    }
  }

  #control(): void {
    this.#unanswered = 0;
    if (this.#gauge.isFlood('control', 0)) this.close(closeCodes.flood);
  }

  /** RM14: what has come and is no whole message yet is held, so it is counted. */
  #arrived(chunk: Buffer): void {
    this.#unfinished.take(chunk);
    const { bytes } = this.#unfinished;
    const { held, now } = this.#host;
    if (this.#arriving) held.release(this.payer.account, this.#arriving.bytes);
    const since = this.#arriving?.since ?? now();
    this.#arriving = undefined;
    if (bytes === 0) return;
    if (!held.take(this.payer.account, bytes)) return this.#socket.terminate();
    this.#arriving = { bytes, since };
  }

  /** RM2: what is missing, then every update that is broadcast: both begin in one turn. */
  async #answer(): Promise<void> {
    this.#answering = true;
    try {
      for (let asked = this.#asked; asked && this.#isOpen; asked = this.#asked) {
        this.#asked = undefined;
        if (this.#synced) {
          // RM17: all that it has not yet is on its way.
          await this.#give(this.#host.step2(nothing));
          continue;
        }
        let read: Promise<void> | undefined;
        await this.#host.catchUp(this.room, asked, this.payer, (missing) => {
          if (missing.is === 'other-generation') return this.close(closeCodes.otherGeneration);
          if (missing.is === 'too-many') return this.close(closeCodes.tryLater);
          const [first = nothing, ...later] = missing.updates;
          this.#synced = true;
          read = this.#give(this.#host.step2(first));
          for (const update of later) this.#send(this.#host.update(update));
          const present = this.#host.presence(this);
          if (present) this.#send(present);
        });
        // Whoever does not read is not given the same once more.
        await read;
      }
    } catch {
      this.close(closeCodes.tryLater);
    }
    this.#answering = false;
  }

  /** Sends an answer; resolves when it is on its way, or nobody is there any more. */
  #give(frame: Uint8Array): Promise<void> {
    if (!this.#isOpen) return Promise.resolve();
    return new Promise((done) => this.#socket.send(frame, () => done()));
  }

  #beat(frame = heartbeatFrame): void {
    if (this.#socket.bufferedAmount <= caps.memory.unreadBeat) this.#send(frame);
  }

  #send(frame: Uint8Array): void {
    if (!this.#isOpen) return;
    const { held } = this.#host;
    const { length } = frame;
    if (this.#unread + length > caps.memory.unread || !held.take(this.payer.account, length)) {
      this.#synced = false;
      return this.#socket.terminate();
    }
    this.#unread += length;
    this.#socket.send(frame, () => {
      this.#unread -= length;
      held.release(this.payer.account, length);
    });
  }

  #gone(): void {
    if (this.#arriving) this.#host.held.release(this.payer.account, this.#arriving.bytes);
    this.#arriving = undefined;
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }
}

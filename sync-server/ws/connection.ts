import type { WebSocket } from 'ws';
import type { Device } from '#lib/domain/device.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { Room } from '#lib/protocol/rooms.ts';
import { FloodGauge } from './flood.ts';
import { heartbeatFrame, readFrame, step2Frame } from './frames.ts';

/** RM6: a reader that lets more bytes than this pile up is cut; it comes back and asks for what it is missing. */
export const mostBuffered = 4 * 1024 * 1024;

/** Codes of RFC 6455 §7.4.1 for what is no frame of ours. */
const rfcCodes = { unsupportedData: 1003, invalidPayload: 1007 } as const;

/** What a connection asks of its room. */
export interface Host {
  /**
   * Hands over what a follower with this state vector is missing, as stored, before any later update is broadcast;
   * undefined when its generation has gone. Rejects when the storage fails.
   */
  catchUp(
    room: Room,
    stateVector: Uint8Array,
    deliver: (missing: Uint8Array | undefined) => void
  ): Promise<void>;
  /** Frames that would have written were ignored. */
  ignored(): void;
  /** Milliseconds that never go back. */
  now(): number;
}

/**
 * One follower of one room: reads, and cannot write (RM3). Frames are sent to it once it has been given what it was
 * missing, so nothing is ever pending at its end.
 */
export class Connection {
  readonly device: Device['id'];
  readonly room: Room;
  readonly #socket: WebSocket;
  readonly #host: Host;
  readonly #gauge: FloodGauge;
  #synced = false;
  /** Pings since the last answer. */
  #unanswered = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, device: Device['id'], room: Room, host: Host) {
    this.device = device;
    this.room = room;
    this.#socket = socket;
    this.#host = host;
    this.#gauge = new FloodGauge(() => host.now());
    socket.on('pong', () => void (this.#unanswered = 0));
    socket.on('message', (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => {
      if (!isBinary || !Buffer.isBuffer(data)) return this.close(rfcCodes.unsupportedData);
      this.#take(data);
    });
  }

  /** Sends a frame of this generation if the follower has what comes before it. */
  follow(frame: Uint8Array, generation: number): void {
    if (generation !== this.room.generation) return this.close(closeCodes.otherGeneration);
    if (this.#synced) this.#send(frame);
  }

  /** Keeps the stock provider from reconnecting, and finds out whether anybody is still there. */
  beat(): void {
    if (this.#unanswered >= 2) return this.#socket.terminate();
    this.#unanswered += 1;
    this.#socket.ping();
    this.#send(heartbeatFrame);
  }

  close(code: number): void {
    this.#synced = false;
    this.#socket.close(code);
    // Whoever does not answer the close is cut by `ws` after 30 seconds.
    this.#socket.removeAllListeners('message');
  }

  #take(bytes: Uint8Array): void {
    let frame: ReturnType<typeof readFrame>;
    try {
      frame = readFrame(bytes);
    } catch {
      return this.close(rfcCodes.invalidPayload);
    }
    if (this.#gauge.isFlood(frame.is, bytes.length)) return this.close(closeCodes.flood);
    switch (frame.is) {
      case 'step1': {
        const { stateVector } = frame;
        this.#turn = this.#turn.then(() => this.#answer(stateVector));
        return;
      }
      case 'awareness':
        return this.#send(heartbeatFrame);
      case 'written':
        return this.#host.ignored();
      case 'ignored':
        return;
    }
  }

  async #answer(stateVector: Uint8Array): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN || this.#cut()) return;
    try {
      await this.#host.catchUp(this.room, stateVector, (missing) => {
        if (!missing) return this.close(closeCodes.otherGeneration);
        this.#synced = true;
        this.#send(step2Frame(missing));
      });
    } catch {
      this.close(closeCodes.tryLater);
    }
  }

  #send(frame: Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN && !this.#cut()) this.#socket.send(frame);
  }

  #cut(): boolean {
    if (this.#socket.bufferedAmount <= mostBuffered) return false;
    this.#synced = false;
    this.#socket.terminate();
    return true;
  }
}

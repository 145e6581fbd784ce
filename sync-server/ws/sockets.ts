import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { mayRead } from '#lib/domain/may-read.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import { parseRoom, type Room } from '#lib/protocol/rooms.ts';
import type { Core } from '#relay/core.ts';
import { readerOf } from '#relay/devices/let-in.ts';
import { deviceWithCookie } from '#relay/http/device-cookie.ts';
import { isOwnOrigin } from '#relay/http/origin.ts';
import { forLog } from '#relay/log.ts';
import type { StoredDevice } from '#relay/storage/storage.ts';
import { Connection, type Host } from './connection.ts';

/** RM7: sockets that one device may have open. */
export const mostSocketsPerDevice = 64;

/** The sockets of the relay, on the paths `/sync/<room>`. */
export class Sockets {
  readonly #core: Core;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: limits.frame, clientTracking: true });
  readonly #host: Host;
  /** Frames of followers that would have written, since the start. */
  ignored = 0;

  constructor(core: Core) {
    this.#core = core;
    this.#host = {
      now: () => core.clock.now(),
      ignored: () => void (this.ignored += 1),
      catchUp: (room, stateVector, deliver) =>
        core.lock.run(async () => {
          const space = await core.truth.space(room.space);
          const document = space?.document(room.document);
          deliver(document?.generation === room.generation ? document.encode(stateVector) : undefined);
        })
    };
  }

  /**
   * Takes the upgrades of the HTTP server. A socket that may not be is accepted first, since a browser shows no reason
   * for an upgrade refused (facts: y-websocket), then closed with a code (RM1).
   */
  listen(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const path = new URL(request.url ?? '/', 'http://relay').pathname;
      const own = isOwnOrigin(request.headers.origin, request.headers.host);
      if (!path.startsWith('/sync/') || !own) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        // Without a listener a malformed frame would end the process.
        webSocket.on('error', () => webSocket.terminate());
        webSocket.pause();
        void this.#open(webSocket, request, path.slice('/sync/'.length));
      });
    });
  }

  /** Ends every socket; resolves when they are gone, at the latest after so many milliseconds. */
  async close(patience: number): Promise<void> {
    this.#core.rooms.closeAll();
    const clients = [...this.#server.clients];
    const gone = Promise.all(clients.map((client) => new Promise((done) => client.once('close', done))));
    const timer = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, patience);
    await gone;
    clearTimeout(timer);
    this.#server.close();
  }

  async #open(socket: WebSocket, request: IncomingMessage, name: string): Promise<void> {
    try {
      // Under the lock, so that nobody loses the right between being asked and being in.
      await this.#core.lock.run(async () => {
        const admitted = await this.#admit(request, name);
        if (typeof admitted === 'number') socket.close(admitted);
        else this.#connect(socket, admitted.device, admitted.room);
      });
    } catch (error) {
      this.#core.log.error({ event: 'socket-failed', ...forLog(error) });
      socket.close(closeCodes.tryLater);
    }
    socket.resume();
  }

  async #admit(
    request: IncomingMessage,
    name: string
  ): Promise<number | { readonly device: StoredDevice; readonly room: Room }> {
    const { storage, truth, rooms, state } = this.#core;
    if (state.is === 'stopping') return closeCodes.tryLater;
    const device = await deviceWithCookie(storage, request.headers.cookie);
    if (!device) return closeCodes.notEnrolled;
    if (device.revoked) return closeCodes.revoked;
    const room = parseRoom(decode(name));
    const space = room && (await truth.space(room.space));
    if (!room || !space) return closeCodes.unknownRoom;
    const directory = await truth.directory();
    const reader = await readerOf(truth, device);
    if (!mayRead(space.state, directory, reader, room.document)) return closeCodes.mayNotRead;
    if (space.document(room.document).generation !== room.generation) return closeCodes.otherGeneration;
    if (rooms.countOf(device.id) >= mostSocketsPerDevice) return closeCodes.flood;
    return { device, room };
  }

  #connect(socket: WebSocket, device: StoredDevice, room: Room): void {
    const { rooms } = this.#core;
    const connection = new Connection(socket, device.id, room, this.#host);
    rooms.join(connection);
    socket.on('close', () => rooms.leave(connection));
  }
}

/** The path as it was meant; an impossible one names no room. */
function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

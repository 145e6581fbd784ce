import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { caps } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { guarded } from '#relay/guarded.ts';
import { HeldBytes } from '#relay/held-bytes.ts';
import { aimOf } from '#relay/http/aim.ts';
import { deviceWithCookie } from '#relay/http/device-cookie.ts';
import { isOwnOrigin } from '#relay/http/origin.ts';
import { forLog } from '#relay/log.ts';
import { OpenCounts } from '#relay/open-counts.ts';
import { Admission, type Shown } from './admission.ts';
import type { Host } from './connection.ts';
import { step2Frame, updateFrame } from './frames.ts';

const path = /^\/sync\/([^?#]*)/;

/** `closeTimeout` is an option of `ws` that its types do not have yet. */
const options: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  clientTracking: true,
  maxPayload: caps.memory.message,
  maxFragments: caps.memory.fragments,
  closeTimeout: caps.sockets.closeMs
};

/** The sockets of the relay, on the paths `/sync/<room>`. */
export class Sockets {
  readonly #core: Core;
  readonly #server = new WebSocketServer(options);
  readonly #admission: Admission;
  /** Sockets by the address from which they come, those of devices and of strangers. */
  readonly #open = new OpenCounts();
  /** RM14 */
  readonly held = new HeldBytes(caps.memory);
  /** Frames of followers that would have written, since the start. */
  ignored = 0;

  constructor(core: Core) {
    this.#core = core;
    const host: Host = {
      log: core.log,
      held: this.held,
      now: () => core.clock.now(),
      said: (connection, presence) => core.rooms.presences.say(connection, presence),
      presence: (connection) => core.rooms.presences.frame(connection),
      ignored: () => void (this.ignored += 1),
      catchUp: (room, stateVector, payer, deliver) => core.catchUp.of(room, stateVector, payer, deliver),
      step2: madeOnce(step2Frame),
      update: madeOnce(updateFrame)
    };
    this.#admission = new Admission(core, host);
  }

  /**
   * Takes the upgrades of the HTTP server. A socket that may not be is accepted first, since a browser shows no reason
   * for an upgrade refused (facts: y-websocket), then closed with a code (RM1).
   */
  listen(server: Server): void {
    const { log } = this.#core;
    const end = (_request: IncomingMessage, socket: Duplex): void => void socket.destroy();
    server.on(
      'upgrade',
      guarded(
        log,
        'upgrade',
        (request: IncomingMessage, socket: Duplex, head: Buffer) => {
          socket.on(
            'error',
            guarded(log, 'error', () => socket.destroy())
          );
          return this.#upgrade(request, socket, head);
        },
        end
      )
    );
  }

  /** Ends every socket; resolves when they are gone, at the latest after so many milliseconds. */
  async close(patience: number): Promise<void> {
    this.#core.rooms.closeAll();
    const clients = [...this.#server.clients];
    const gone = Promise.all(clients.map((client) => new Promise((done) => client.once('close', done))));
    const cut = guarded(this.#core.log, 'stop', () => {
      for (const client of clients) client.terminate();
    });
    const timer = setTimeout(cut, patience);
    await gone;
    clearTimeout(timer);
    this.#server.close();
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { log, addresses, storage } = this.#core;
    // RM13: whatever becomes of it, nobody holds it half open.
    const late = guarded(log, 'refused', () => socket.destroy());
    const timer = setTimeout(late, caps.connection.refusedMs);
    socket.once(
      'close',
      guarded(log, 'close', () => clearTimeout(timer))
    );
    const refuse = (status: string): void => {
      socket.once('finish', late);
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    const misdirected = this.#misdirected(request);
    if (misdirected !== undefined) return refuse(misdirected);
    const { cookie, host } = request.headers;
    const device = await deviceWithCookie(storage, { cookie, host });
    const address = addresses.of(request);
    // RM18: strangers, and devices that were revoked, are counted apart from those that are enrolled there.
    const known = device !== undefined && !device.revoked;
    const among = `${known ? 'devices' : 'strangers'} ${address}`;
    const full = this.#open.of(among) >= caps.sockets.perAddress;
    if (full || (!known && this.#core.rates.take('upgrades', address) > 0))
      return refuse('429 Too Many Requests');
    const name = path.exec(request.url ?? '')?.[1] ?? '';
    const taken = (webSocket: WebSocket): void => {
      clearTimeout(timer);
      // Without a listener a malformed frame would end the process.
      webSocket.on(
        'error',
        guarded(log, 'error', () => webSocket.terminate())
      );
      // RM12: heard before anything is awaited.
      this.#open.opened(among);
      webSocket.once(
        'close',
        guarded(log, 'close', () => this.#open.closed(among))
      );
      webSocket.pause();
      void this.#enter(webSocket, socket, { device, address, name });
    };
    this.#server.handleUpgrade(
      request,
      socket,
      head,
      guarded(log, 'connection', taken, (one) => one.terminate())
    );
  }

  /** The status with which an upgrade is refused whoever asks: nothing is asked of the storage before. */
  #misdirected(request: IncomingMessage): string | undefined {
    const { origin, host } = request.headers;
    if (!path.test(request.url ?? '')) return '403 Forbidden';
    if (!this.#core.hosts.allows(aimOf(request.headers))) return '421 Misdirected Request';
    return isOwnOrigin(origin, host) ? undefined : '403 Forbidden';
  }

  async #enter(socket: WebSocket, raw: Duplex, shown: Shown): Promise<void> {
    try {
      await this.#admission.enter(socket, raw, shown);
    } catch (error) {
      this.#core.log.error({ event: 'socket-failed', ...forLog(error) });
      socket.close(closeCodes.tryLater);
    }
    socket.resume();
  }
}

/** The frame of each update, kept for as long as that is. */
function madeOnce(make: (update: Uint8Array) => Uint8Array): typeof make {
  const made = new WeakMap<Uint8Array, Uint8Array>();
  return (update) => {
    const frame = made.get(update) ?? make(update);
    made.set(update, frame);
    return frame;
  };
}

import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** What a portal, a filter or an error page answers with instead of the relay. */
export interface Portal {
  readonly type: string;
  readonly body: string;
  /** Requests that it lets through, by their path. */
  readonly lets?: (path: string) => boolean;
}

/** A slow network: so many bytes a second each way, and after every so many pieces a silence, as when one was lost. */
export interface Slowness {
  readonly bytesPerSecond: number;
  readonly lostEvery: number;
  /** Milliseconds until what was lost is sent again. */
  readonly silence: number;
}

/** What becomes of WebSockets: refused with a status, or taken and never answered. */
export type Upgrades = 'pass' | 'refused' | 'swallowed';

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What goes at once, bytes: the payload of one packet. */
const piece = 1460;

/**
 * A TCP proxy between one tablet and the relay that can be cut like a cable: open connections drop, new ones are
 * refused. It stays on one port for its whole life, since a tablet's storage belongs to one address.
 */
export class CuttableProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #open = true;
  #mute = false;
  #lost: string | undefined;
  #recorded: Buffer[] | undefined;
  #portal: Portal | undefined;
  #slowness: Slowness | undefined;
  #upgrades: Upgrades = 'pass';
  /** Both ways share nothing but the slowness; all connections share the ways. */
  readonly #ways = { up: Promise.resolve(), down: Promise.resolve() };
  #pieces = 0;
  readonly #target: number;
  readonly #scheme: 'http' | 'https';

  private constructor(target: number, certificate: Certificate | undefined) {
    this.#target = target;
    this.#scheme = certificate ? 'https' : 'http';
    this.#server = certificate
      ? createTlsServer(certificate, (near) => this.#connect(near)).on('tlsClientError', () => undefined)
      : createServer((near) => this.#connect(near));
  }

  /**
   * @param target the relay's port on 127.0.0.1
   * @param certificate with which it speaks TLS to the tablet
   */
  static async start(target: number, certificate?: Certificate): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(target, certificate);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** The tablet's address of the relay. */
  get origin(): string {
    return `${this.#scheme}://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#open = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#open = true;
  }

  /** What the tablet says still arrives; of what the relay answers nothing comes back. */
  mute(on: boolean): void {
    this.#mute = on;
  }

  /** Somebody in between answers everything with 200; undefined: the relay answers again. */
  portal(portal: Portal | undefined): void {
    this.#portal = portal;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Keeps from now on whatever the relay says to this tablet; the answer gives it as Latin-1. */
  record(): () => string {
    const recorded: Buffer[] = [];
    this.#recorded = recorded;
    return () => Buffer.concat(recorded).toString('latin1');
  }

  /** Requests to this path and those below it arrive, and only their answers are lost; undefined: none any more. */
  loseAnswersTo(path: string | undefined): void {
    this.#lost = path;
  }

  /** The network gets slow for whatever is connected from now on; undefined: as quick as it can be. */
  slow(slowness: Slowness | undefined): void {
    this.#slowness = slowness;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** HTTP passes, WebSockets do not. */
  upgrades(upgrades: Upgrades): void {
    this.#upgrades = upgrades;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #connect(near: Socket): void {
    if (!this.#open) {
      near.destroy();
      return;
    }
    const portal = this.#portal;
    if (portal) near.once('data', (bytes: Buffer) => this.#intercept(near, bytes, portal));
    else if (this.#upgrades !== 'pass') near.once('data', (bytes: Buffer) => this.#holdBack(near, bytes));
    else this.#pass(near);
  }

  #holdBack(near: Socket, bytes: Buffer): void {
    if (!/^upgrade: websocket/im.test(bytes.toString('latin1'))) {
      near.unshift(bytes);
      this.#pass(near);
      return;
    }
    near.on('error', () => near.destroy());
    this.#sockets.add(near);
    near.on('close', () => this.#sockets.delete(near));
    if (this.#upgrades === 'refused') near.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  }

  /** One request to a connection, so that each of them is seen. */
  #intercept(near: Socket, bytes: Buffer, { type, body, lets }: Portal): void {
    const text = bytes.toString('latin1');
    const path = text.split(' ')[1] ?? '';
    if (lets?.(path)) {
      near.unshift(Buffer.from(text.replace(/^connection: keep-alive/im, 'Connection: close'), 'latin1'));
      this.#pass(near);
      return;
    }
    near.on('error', () => near.destroy());
    const length = Buffer.byteLength(body);
    const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
    near.end(head + body);
  }

  #pass(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1');
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
      // A relay that is not there, a tablet that went away: both end the pair.
      socket.on('error', () => socket.destroy());
    }
    let lost = false;
    // A request begins with a piece of its own: nothing is sent before the answer to the one before.
    near.on('data', (bytes) => {
      const asks = (path: string): boolean => bytes.includes(`POST ${path}`);
      if (this.#lost !== undefined && (asks(`${this.#lost} `) || asks(`${this.#lost}/`))) lost = true;
    });
    const slowness = this.#slowness;
    if (slowness) {
      this.#trickle(near, far, 'up', slowness);
      this.#trickle(far, near, 'down', slowness);
      return;
    }
    near.pipe(far);
    far.on('data', (bytes: Buffer) => {
      this.#recorded?.push(bytes);
      if (!this.#mute && !lost) near.write(bytes);
    });
    far.on('end', () => near.end());
  }

  #trickle(from: Socket, to: Socket, way: 'up' | 'down', slowness: Slowness): void {
    const turn = (wait: number): Promise<void> => {
      const mine = this.#ways[way].then(() => new Promise<void>((resolve) => setTimeout(resolve, wait)));
      this.#ways[way] = mine;
      return mine;
    };
    let last = Promise.resolve();
    // Piece by piece, so that connections share the way as they do in a network.
    const send = async (bytes: Buffer): Promise<void> => {
      for (let at = 0; at < bytes.length && !to.destroyed; at += piece) {
        const part = bytes.subarray(at, at + piece);
        const lost = ++this.#pieces % slowness.lostEvery === 0 ? slowness.silence : 0;
        await turn((part.length / slowness.bytesPerSecond) * 1000 + lost);
        if (!to.destroyed) to.write(part);
      }
      from.resume();
    };
    from.on('data', (bytes: Buffer) => {
      from.pause();
      last = send(bytes);
    });
    from.on('end', () => void last.then(() => to.end()));
  }
}

import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * A TCP proxy between one tablet and the relay that can be cut like a cable: open connections drop, new ones are
 * refused. It stays on one port for its whole life, since a tablet's storage belongs to one address.
 */
export class CuttableProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #open = true;
  #mute = false;
  #target: number;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((near) => this.#connect(near));
  }

  /** @param target the relay's port on 127.0.0.1 */
  static async start(target: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(target);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** The tablet's address of the relay. */
  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
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

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #connect(near: Socket): void {
    if (!this.#open) {
      near.destroy();
      return;
    }
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
    near.pipe(far);
    far.on('data', (bytes) => {
      if (!this.#mute) near.write(bytes);
    });
    far.on('end', () => near.end());
  }
}

import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A reverse proxy as schools put one before the relay: it passes on requests and upgrades, and says whom it heard from. */
export class ReverseProxy {
  readonly #server: Server;
  /** What it adds to `X-Forwarded-For`: the address of whoever asks, unless a test says another. */
  client: string | undefined;

  private constructor(target: URL) {
    const options = (headers: IncomingHttpHeaders, socket: Socket): IncomingHttpHeaders => {
      const before = headers['x-forwarded-for'];
      const client = this.client ?? socket.remoteAddress ?? '';
      return {
        ...headers,
        'x-forwarded-for': before === undefined ? client : `${String(before)}, ${client}`
      };
    };
    const { hostname, port } = target;
    this.#server = createServer((asked, answer) => {
      const { method, url: path, headers, socket } = asked;
      const on = request({ hostname, port, method, path, headers: options(headers, socket) }, (got) => {
        answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
        got.pipe(answer);
      });
      on.on('error', () => answer.destroy());
      asked.pipe(on);
    });
    this.#server.on('upgrade', (asked, near: Socket, head: Buffer) => {
      const on = request({ hostname, port, path: asked.url, headers: options(asked.headers, near) });
      near.on('error', () => near.destroy());
      on.on('error', () => near.destroy());
      on.on('response', (got) => near.end(`HTTP/1.1 ${got.statusCode} No\r\nConnection: close\r\n\r\n`));
      on.on('upgrade', (got, far: Socket, first: Buffer) => {
        far.on('error', () => near.destroy());
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
        const lines = got.rawHeaders.flatMap((name, at, all) =>
          at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []
        );
        near.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
        near.write(first);
        far.write(head);
        near.pipe(far).pipe(near);
      });
      on.end();
    });
  }

  /** @param target where the relay listens */
  static async start(target: string): Promise<ReverseProxy> {
    const proxy = new ReverseProxy(new URL(target));
    await new Promise<void>((done) => proxy.#server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}

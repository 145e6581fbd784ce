import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { caps } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { guarded } from '#relay/guarded.ts';
import { OpenCounts } from '#relay/open-counts.ts';

/** The caps of one connection, named in `caps.ts`. */
export type ConnectionCaps = { readonly [Name in keyof typeof caps.connection]: number };

/** The HTTP server with the caps that hold before anybody has asked for anything (OP10). */
export function makeServer(
  { log, addresses }: Pick<Core, 'log' | 'addresses'>,
  listener: RequestListener,
  most: ConnectionCaps = caps.connection
): Server {
  const { headersMs, requestMs, keepAliveMs, idleMs, checkMs, headerBytes, headers, perAddress } = most;
  const server = createServer(
    {
      ...{ headersTimeout: headersMs, requestTimeout: requestMs, keepAliveTimeout: keepAliveMs },
      ...{ connectionsCheckingInterval: checkMs, maxHeaderSize: headerBytes }
    },
    guarded(log, 'request', listener, (_request, response) => void response.destroy())
  );
  server.maxHeadersCount = headers;
  server.timeout = idleMs;
  const open = new OpenCounts();
  const count = (socket: Socket): void => {
    const { remoteAddress } = socket;
    // A proxy stands for everybody behind it.
    if (remoteAddress === undefined || addresses.isProxy(remoteAddress)) return;
    const address = addresses.of({ socket, headers: {} });
    if (open.of(address) >= perAddress) return void socket.destroy();
    open.opened(address);
    socket.once(
      'close',
      guarded(log, 'close', () => open.closed(address))
    );
  };
  server.on(
    'connection',
    guarded(log, 'connection', count, (socket) => void socket.destroy())
  );
  return server;
}

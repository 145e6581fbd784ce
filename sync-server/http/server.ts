import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createSecure, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { caps } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { guarded } from '#relay/guarded.ts';
import { OpenCounts } from '#relay/open-counts.ts';

/** The caps of one connection, named in `caps.ts`. */
export type ConnectionCaps = { readonly [Name in keyof typeof caps.connection]: number };

/** The server for https (OP13), with the same caps; given another certificate with `setSecureContext`. */
export function makeSecureServer(
  parts: Pick<Core, 'log' | 'addresses'>,
  listener: RequestListener,
  certificate: SecureContextOptions
): SecureServer {
  const { options, answer } = basics(parts, listener, caps.connection);
  const { headersMs: handshakeTimeout } = caps.connection;
  return bounded(
    createSecure({ ...options, ...certificate, handshakeTimeout }, answer),
    parts,
    caps.connection
  );
}

/** The HTTP server with the caps that hold before anybody has asked for anything (OP10). */
export function makeServer(
  parts: Pick<Core, 'log' | 'addresses'>,
  listener: RequestListener,
  most: ConnectionCaps = caps.connection
): Server {
  const { options, answer } = basics(parts, listener, most);
  return bounded(createPlain(options, answer), parts, most);
}

function basics({ log }: Pick<Core, 'log'>, listener: RequestListener, most: ConnectionCaps) {
  const { headersMs, requestMs, keepAliveMs, checkMs, headerBytes } = most;
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: checkMs,
    maxHeaderSize: headerBytes
  };
  return {
    options,
    answer: guarded(log, 'request', listener, (_request, response) => void response.destroy())
  };
}

function bounded<Of extends Server>(
  server: Of,
  { log, addresses }: Pick<Core, 'log' | 'addresses'>,
  { headers, idleMs, perAddress }: ConnectionCaps
): Of {
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

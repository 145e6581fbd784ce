import type { RequestListener, Server } from 'node:http';
import { Certificate, certificateLookMs, type CertificateFiles } from './certificate.ts';
import type { Core } from './core.ts';
import { guarded } from './guarded.ts';
import { makeSecureServer, makeServer } from './http/server.ts';

/** The server of a relay: by http, or by https with a certificate that is looked at again and again (OP13). */
export interface Serving {
  readonly server: Server;
  readonly overTls: boolean;
  /** Looks whether there is another certificate. */
  readonly look: () => Promise<void>;
  /** Looks by itself from now on, until it is stopped. */
  readonly start: () => void;
  readonly stop: () => void;
}

/** @throws StartRefusal for a certificate that does not serve */
export async function makeServing(
  core: Core,
  listener: RequestListener,
  tls: CertificateFiles | undefined
): Promise<Serving> {
  const nothing = (): void => undefined;
  if (!tls) {
    const server = makeServer(core, listener);
    return { server, overTls: false, look: async () => undefined, start: nothing, stop: nothing };
  }
  const certificate = await Certificate.read(tls, core.log);
  const server = makeSecureServer(core, listener, certificate.served);
  const look = (): Promise<void> => certificate.look((served) => server.setSecureContext(served));
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    server,
    overTls: true,
    look,
    start: () => (timer = setInterval(guarded(core.log, 'certificate', look), certificateLookMs)),
    stop: () => clearInterval(timer)
  };
}

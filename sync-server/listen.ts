import type { Server } from 'node:http';
import { guarded } from './guarded.ts';
import { forLog, type Log } from './log.ts';
import { StartRefusal } from './start-refusal.ts';

/** Listens on exactly this host (facts: without one it would be all interfaces). Rejects with a StartRefusal. */
export function listen(server: Server, host: string, port: number, log: Log): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(explain(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      // OP9: one connection that cannot be taken (no descriptor left) is no reason to drop the others.
      server.on(
        'error',
        guarded(log, 'server', (error: Error) => log.error({ event: 'server-error', ...forLog(error) }))
      );
      done();
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartRefusal(
        'port-in-use',
        `Port ${port} on ${host} is in use by another program. End that program, or choose another port with PORT.`,
        { cause: error }
      );
    case 'EACCES':
      return new StartRefusal(
        'port-not-allowed',
        `This user may not use port ${port}. Choose one above 1023 with PORT.`,
        { cause: error }
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAFNOSUPPORT':
      return new StartRefusal(
        'address-unknown',
        `${host} is no address of this machine. Set HOST to one of its addresses, or leave it out.`,
        { cause: error }
      );
    default:
      return error;
  }
}

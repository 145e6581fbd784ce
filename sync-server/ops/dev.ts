// npm run dev: the relay on the port above PORT, and Vite's development server on PORT in front of it.
import { join } from 'node:path';
import { createServer } from 'vite';
import { setUpLine } from '#lib/domain/set-up-line.ts';
import { addressText, readConfig } from '#relay/config.ts';
import { startRelay } from '#relay/relay.ts';
import { root } from './sources-hash.mjs';

const { host, port } = readConfig();
const dataDir = process.env['DATA_DIR'] || join(root, 'node_modules', '.cache', 'twinspace-dev');
const relay = await startRelay({ host, port: port + 1, dataDir });
process.chdir(root);
const vite = await createServer({
  server: {
    host,
    port,
    strictPort: true,
    // The Host stays as it is: the relay compares it with the Origin.
    proxy: {
      '/api': { target: relay.address, changeOrigin: false },
      '/healthz': { target: relay.address, changeOrigin: false },
      '/sync': { target: relay.address, changeOrigin: false, ws: true }
    }
  }
});
await vite.listen();

// Vite would end with 143.
process.removeAllListeners('SIGTERM');
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void Promise.all([vite.close(), relay.stop()]).then(() => process.exit(0));
  });
}

const address = addressText(host, port);
process.stdout.write(`${address}\n`);
if (relay.setUpLink) process.stdout.write(`${setUpLine} ${address}${relay.setUpLink.path}\n`);

#!/usr/bin/env node
// Playwright starts this in place of Firefox (channel `moz-firefox`). Debian's Firefox ESR knows all of WebDriver BiDi that
// Playwright says, except for one command about media features: that one is answered here, the rest is handed on.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';
import { firefox as installed } from '../../../sync-server/ops/browsers.mjs';

const unknown = 'emulation.setMediaFeaturesOverride';
const announcement = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const firefox = spawn(installed, process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe']
});
firefox.on('exit', (code) => process.exit(code ?? 1));
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
  process.on(signal, () => firefox.kill(signal));

createInterface({ input: firefox.stderr }).on('line', (line) => {
  const address = announcement.exec(line)?.[1];
  if (address === undefined) console.error(line);
  else stand(address);
});

/** @param {string} address where Firefox listens */
function stand(address) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 0 });
  server.on('listening', () => {
    const where = /** @type {import('node:net').AddressInfo} */ (server.address());
    console.error(`WebDriver BiDi listening on ws://127.0.0.1:${where.port}`);
  });
  server.on('connection', (near, { url }) => {
    const far = new WebSocket(address + (url ?? ''), { maxPayload: 0, perMessageDeflate: false });
    const ready = new Promise((resolve) => far.once('open', resolve));
    near.on('message', async (data) => {
      const text = String(data);
      const { id, method } = JSON.parse(text);
      if (method === unknown) {
        near.send(JSON.stringify({ type: 'success', id, result: {} }));
        return;
      }
      await ready;
      far.send(text);
    });
    far.on('message', (data) => near.send(String(data)));
    far.on('error', () => near.terminate());
    far.on('close', () => near.close());
    near.on('close', () => far.close());
  });
}

import { test as base } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CuttableProxy } from '../../support/cuttable-proxy.ts';
import { makeCertificate } from '../../support/make-certificate.ts';
import { RelayProcess } from '../../support/relay-process.ts';
import type { Device, Engine, EngineName } from './engine.ts';
import { PlayedEngine } from './played.ts';
import { WebKitEngine } from './webkit.ts';

/** A device of one engine, behind a cable of its own that can be cut. */
export interface Wired {
  readonly device: Device;
  readonly cable: CuttableProxy;
}

interface Fixtures {
  readonly relay: RelayProcess;
  readonly wired: (size?: { readonly width: number; readonly height: number }) => Promise<Wired>;
}

/** What the configuration says of a project. */
export interface EngineOptions {
  readonly engineName: EngineName;
}

interface WorkerFixtures extends EngineOptions {
  readonly engine: Engine;
  readonly certificate: { readonly cert: string; readonly key: string };
}

/** What pages may say of a network that was cut, in the words of three engines. */
const network = [
  /net::ERR_|NetworkError|Failed to load resource|Load failed|Loading failed|Failed to fetch/i,
  /WebSocket|can.t establish a connection|The connection to wss?:|ServiceWorker passed a promise|Cross-Origin Request Blocked/i,
  /status of (401|403|404|409|410|423|429|502|503)/
];

export const test = base.extend<Fixtures, WorkerFixtures>({
  engineName: ['chromium', { option: true, scope: 'worker' }],
  engine: [
    async ({ engineName }, use) => {
      const engine = engineName === 'webkit' ? new WebKitEngine() : await PlayedEngine.start(engineName);
      await use(engine);
      await engine.close();
    },
    { scope: 'worker' }
  ],
  certificate: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'twinspace-tls-'));
      const { pem, key } = makeCertificate(join(folder, 'own'));
      await use({ cert: pem, key: await readFile(key, 'utf8') });
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' }
  ],
  relay: async ({}, use) => {
    const relay = await RelayProcess.start();
    await use(relay);
    await relay.dispose();
  },
  wired: async ({ engine, engineName, certificate, relay }, use, testInfo) => {
    const all: Wired[] = [];
    await use(async ({ width, height } = { width: 1180, height: 820 }) => {
      // WebKit keeps no cookie that is marked Secure over plain HTTP, not even on the machine itself.
      const tls = engineName === 'webkit' ? certificate : undefined;
      const wired = {
        cable: await CuttableProxy.start(relay.port, tls),
        device: await engine.device(width, height)
      };
      all.push(wired);
      return wired;
    });
    const complaints: string[] = [];
    for (const { device } of all) {
      complaints.push(...(await device.complaints()));
      if (testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach('screen', { body: await device.screen(), contentType: 'text/plain' });
    }
    for (const { device, cable } of all) {
      await device.close();
      await cable.close();
    }
    const unexpected = complaints.filter((text) => !network.some((pattern) => pattern.test(text)));
    if (unexpected.length > 0) throw new Error(`the pages complained:\n${unexpected.join('\n')}`);
  }
});

export { expect } from '@playwright/test';

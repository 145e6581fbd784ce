import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isBundled, relayBundle } from '#relay/ops/relay-bundle.mjs';
import { root } from '#relay/ops/sources-hash.mjs';

let looked = false;

/** The relay as `npm start` runs it, of the sources as they are now: bundled when it is not. */
export function bundledRelay(): string {
  if (looked) return relayBundle;
  if (!isBundled()) {
    const script = join(root, 'sync-server', 'ops', 'bundle.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the relay could not be bundled:\n${stderr}`);
  }
  looked = true;
  return relayBundle;
}

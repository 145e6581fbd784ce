// npm run bundle: makes the relay one file, unless it is one of these sources already.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { bundleMark, isBundled, relayBundle } from './relay-bundle.mjs';
import { root } from './sources-hash.mjs';

if (!isBundled()) await bundle();

/** Packages are in it, too, so that nothing is looked for when the relay starts. */
async function bundle() {
  const mark = bundleMark();
  const { build } = await import('vite');
  const made = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: 'sync-server/main.ts',
      target: 'node26',
      write: false,
      sourcemap: true,
      rolldownOptions: {
        output: {
          dir: dirname(relayBundle),
          entryFileNames: basename(relayBundle),
          codeSplitting: false,
          postBanner: mark,
          sourcemapExcludeSources: true
        }
      }
    }
  });
  if (!('output' in made)) throw new Error('one bundle was asked for');
  const [relay, ...others] = made.output;
  const map = others.find(({ fileName }) => fileName.endsWith('.map'));
  if (!relay.code.startsWith(`${mark}\n`) || map?.type !== 'asset' || others.length !== 1)
    throw new Error(`the bundle is not one file: ${made.output.map(({ fileName }) => fileName).join(', ')}`);
  mkdirSync(dirname(relayBundle), { recursive: true });
  put(`${relayBundle}.map`, map.source);
  put(relayBundle, relay.code);
}

/**
 * Writes a file at once or not at all: somebody else may be bundling, or starting what is there.
 *
 * @param {string} file
 * @param {string | Uint8Array} content
 */
function put(file, content) {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, content);
  renameSync(beside, file);
}

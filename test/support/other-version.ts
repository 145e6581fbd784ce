import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { relayBundle } from '#relay/ops/relay-bundle.mjs';
import { layShell } from '#relay/ops/seal-shell.mjs';
import { root } from '#relay/ops/sources-hash.mjs';
import { bundledRelay } from './bundled-relay.ts';

/** How the next version calls itself. */
export const nextVersion = 'the-next-version';

/** What may name a script, or the version. */
const naming = new Set(['.js', '.html', '.json']);

/**
 * Makes the folder of the next version of the built app, with a relay beside it: as if it had been built from sources in
 * which something changed that every script needs. All scripts have other names and the version another one, and the
 * service worker knows the files as they are now; nothing else differs.
 *
 * @param folder to make it in
 */
export async function nextVersionFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const next = await mkdtemp(join(folder, 'next-version-'));
  const build = join(next, 'build');
  const relay = join(next, relative(root, bundledRelay()));
  await cp(join(root, 'package.json'), join(next, 'package.json'));
  await cp(dirname(relayBundle), dirname(relay), { recursive: true });
  await cp(join(root, 'build'), build, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  const before = layShell(build);
  const worker = join(build, 'service-worker.js');
  const files = (await readdir(build, { recursive: true })).map((path) => join(build, path));
  const scripts = files.filter((path) => /\bimmutable\b.*\.js$/.test(path));
  const { version } = JSON.parse(await readFile(join(build, '_app', 'version.json'), 'utf8')) as {
    version: string;
  };
  const others = new Map([
    [version, nextVersion],
    ...scripts.map((path) => [basename(path), renamed(path)] as const)
  ]);
  const named = new RegExp([...others.keys()].map((name) => name.replace(/[.+]/g, '\\$&')).join('|'), 'g');
  for (const path of files.filter((path) => naming.has(extname(path)) && path !== worker)) {
    const text = await readFile(path, 'utf8');
    const altered = text.replace(named, (name) => others.get(name) ?? name);
    await writeFile(path, altered.replaceAll(startHash(text), startHash(altered)));
  }
  for (const path of scripts) await rename(path, join(dirname(path), renamed(path)));
  await sealAnew(worker, before, layShell(build));
  return next;
}

/** The hash by which a page allows the script that is written in it (CSP 3, 6.6.3.1); of other files that of nothing. */
function startHash(text: string): string {
  const [, script = ''] = /<script>([^]*?)<\/script>/.exec(text) ?? [];
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** The name that a script of the next version has. */
function renamed(path: string): string {
  return basename(path).replace(/\.js$/, '_next.js');
}

async function sealAnew(worker: string, before: string, list: string): Promise<void> {
  const parts = (await readFile(worker, 'utf8')).split(before);
  if (parts.length !== 2) throw new Error('the service worker does not have the list of its files');
  await writeFile(worker, parts.join(list));
}

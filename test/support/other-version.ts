import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, sourcesHash } from '#relay/ops/sources-hash.mjs';

const left = new Set(['node_modules', 'build', '.git', '.svelte-kit', 'test', 'test-results']);

/** How the next version calls itself. */
export const nextVersion = 'the-next-version';

/**
 * The folder of the same app under another version name, with a relay beside it. Built when it is first needed and kept
 * for all who come after, as long as the sources are the same.
 */
export async function nextVersionFolder(): Promise<string> {
  const kept = join(tmpdir(), `twinspace-next-${sourcesHash(['sync-server'])}`);
  if (existsSync(kept)) return kept;
  const folder = await mkdtemp(join(tmpdir(), 'twinspace-version-'));
  for (const entry of await readdir(root)) {
    if (!left.has(entry)) await cp(join(root, entry), join(folder, entry), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const env = { ...process.env, TWINSPACE_VERSION: nextVersion };
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = spawnSync(process.execPath, [vite, 'build'], { cwd: folder, env, encoding: 'utf8' });
  if (built.status !== 0)
    throw new Error(`the other version could not be built:\n${built.stdout}${built.stderr}`);
  try {
    await rename(folder, kept);
  } catch {
    // Whoever built it at the same time was first.
    await rm(folder, { recursive: true, force: true });
  }
  return kept;
}

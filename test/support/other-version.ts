import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const left = new Set(['node_modules', 'build', '.git', '.svelte-kit', 'test', 'test-results']);

/** The same app built under another version name, in a folder of its own with a relay beside it. */
export async function buildOtherVersion(
  version: string
): Promise<{ folder: string; dispose: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'twinspace-version-'));
  for (const entry of await readdir(root)) {
    if (!left.has(entry)) await cp(join(root, entry), join(folder, entry), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const env = { ...process.env, TWINSPACE_VERSION: version };
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = spawnSync(process.execPath, [vite, 'build'], { cwd: folder, env, encoding: 'utf8' });
  if (built.status !== 0)
    throw new Error(`the other version could not be built:\n${built.stdout}${built.stderr}`);
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}

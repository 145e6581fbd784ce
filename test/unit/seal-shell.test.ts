import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readShell } from '#lib/pwa/shell-list.ts';
import { layShell } from '#relay/ops/seal-shell.mjs';

/** A folder with these files of so many bytes each. */
function folderOf(sizes: Readonly<Record<string, number>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'built-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, size] of Object.entries(sizes)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), randomBytes(size));
  }
  return folder;
}

const small = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`/_app/immutable/chunks/${at}.js`, 7000 + at])
);
const alone = {
  '/_app/immutable/chunks/large.js': 40_000,
  '/_app/immutable/assets/font.woff2': 900,
  '/_app/immutable/workers/worker.js': 900,
  '/icons/icon.svg': 900,
  '/index.html': 900
};

test('[NW13] small scripts and styles lie together beside the app, in lots of which not much is lost, each file where the list says', () => {
  const folder = folderOf({
    ...small,
    ...alone,
    '/_app/immutable/nodes/1.js': 10,
    '/_app/immutable/assets/a.css': 10
  });
  const files = readShell(layShell(folder));
  expect(files.map(({ path }) => path).sort()).toEqual(
    [
      ...Object.keys(small),
      ...Object.keys(alone),
      '/_app/immutable/nodes/1.js',
      '/_app/immutable/assets/a.css'
    ].sort()
  );
  for (const { path, lot, at, size } of files) {
    expect(lot === undefined, path).toBe(path in alone);
    if (lot === undefined) continue;
    const whole = readFileSync(join(folder, lot.path));
    expect(whole.length).toBe(lot.size);
    expect(whole.subarray(at, at + size).equals(readFileSync(join(folder, path))), path).toBe(true);
  }
  const lots = new Map(files.flatMap(({ lot }) => (lot ? [[lot.path, lot.size]] : [])));
  expect(lots.size).toBe(3);
  for (const size of lots.values()) expect(size).toBeLessThan(220_000);
});

test('[NW13] a folder that is sealed again has the same list, and nothing of the lots before', () => {
  const folder = folderOf({ ...small, ...alone });
  const list = layShell(folder);
  expect(layShell(folder)).toBe(list);
  writeFileSync(join(folder, '/_app/immutable/chunks/0.js'), 'changed');
  const after = readShell(layShell(folder));
  const [first] = readShell(list).flatMap(({ lot }) => lot ?? []);
  expect(after.some(({ lot }) => lot?.path === first?.path)).toBe(false);
  expect(() => readFileSync(join(folder, first?.path ?? ''))).toThrow(/ENOENT/);
});

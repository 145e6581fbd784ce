import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { readZip } from '#lib/zip/read-zip.ts';

/** A ZIP as somebody has unpacked it at home. */
export interface Unpacked {
  readonly names: readonly string[];
  /** Whatever is in it, as Latin-1. */
  readonly all: string;
  /** A text in it. */
  text(name: string): Promise<string>;
  /** Its first page from the file system, in a browser that has no network and no scripts. */
  open(browser: Browser): Promise<Page>;
  remove(): Promise<void>;
}

/** Unpacks the ZIP at this path into a folder of its own. */
export async function unpacked(path: string): Promise<Unpacked> {
  const bytes = await readFile(path);
  const files = await readZip(new Blob([bytes]));
  if (typeof files === 'string' || 'foreign' in files) throw new Error('no ZIP');
  const folder = await mkdtemp(join(tmpdir(), 'at home '));
  for (const [name, blob] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), new Uint8Array(await blob.arrayBuffer()));
  }
  return {
    names: [...files.keys()].sort(),
    all: bytes.toString('latin1'),
    text: (name) => readFile(join(folder, name), 'utf8'),
    open: async (browser) => {
      const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(folder, 'index.html')).href);
      return page;
    },
    remove: () => rm(folder, { recursive: true, force: true })
  };
}

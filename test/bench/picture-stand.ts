import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import type { PageId } from '#lib/domain/ids.ts';
import { signIn } from './browser.ts';
import type { FilledRelay } from './filled-relay.ts';

/** What every row of the pictures is measured with. */
export interface Stand {
  readonly chrome: Browser;
  readonly filled: FilledRelay;
  readonly page: PageId;
  /** For files, emptied at the end. */
  readonly folder: string;
}

/** The page's title. */
export const title = 'El Ebro';

/** A tab in which an administrator writes the page. */
export async function writing({ chrome, filled, page }: Stand): Promise<Page> {
  const context = await chrome.newContext({
    locale: 'es-ES',
    viewport: { width: 1180, height: 820 },
    serviceWorkers: 'block',
    permissions: ['camera', 'microphone']
  });
  const tab = await context.newPage();
  tab.setDefaultTimeout(240_000);
  await signIn(tab, filled);
  await tab.goto(`${filled.relay.address}/space/${filled.space}/pages/${page}`);
  await tab.getByRole('button', { name: 'Escribir' }).first().click();
  await tab.getByRole('textbox', { name: title }).waitFor();
  return tab;
}

/** From now on: how much more the pages' processes have used at once at most, MiB; as far as Linux tells. */
export async function memory(chrome: Browser): Promise<() => number> {
  const session = await chrome.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const used = async (): Promise<number> => {
    const texts = await Promise.all(
      pages.map((id) => readFile(`/proc/${id}/status`, 'utf8').catch(() => ''))
    );
    return texts.reduce((sum, text) => sum + Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0), 0) / 1024;
  };
  const before = await used();
  let most = before;
  const timer = setInterval(() => void used().then((now) => (most = Math.max(most, now))), 50);
  timer.unref();
  return () => most - before;
}

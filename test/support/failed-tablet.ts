import type { BrowserContext, Page } from '@playwright/test';

/** Milliseconds for one answer of a browser in which something has gone wrong. */
const patience = 10_000;

/** What every tab of a browser shows, and how it stands with its service workers: for whoever looks into a failure. */
export async function failedTablet(context: BrowserContext): Promise<string> {
  const tabs = context.pages();
  const shown: string[] = [];
  for (const page of tabs) shown.push(await screenOf(page));
  return [...shown, `its service workers:\n${await workersOf(context)}`].join('\n');
}

async function screenOf(page: Page): Promise<string> {
  const body = await page.locator('body').ariaSnapshot({ timeout: patience }).catch(String);
  return `shows ${page.url()}\n${body}`;
}

/** Told by the browser itself, which knows also of a worker that never answers. */
async function workersOf(context: BrowserContext): Promise<string> {
  const told: string[] = [];
  const asking = async (): Promise<void> => {
    const devtools = await context.newCDPSession(await context.newPage());
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { status, runningStatus, controlledClients = [] } of versions)
        told.push(`${status}, ${runningStatus}, controls ${controlledClients.length}`);
    });
    await devtools.send('ServiceWorker.enable');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  };
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), patience));
  const end = await Promise.race([asking().catch(String), late]);
  return [...told, ...(end === undefined ? [] : [end])].join('\n');
}

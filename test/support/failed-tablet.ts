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

/** Told by the browser itself, which knows also of a worker that never answers: as soon as it is asked. */
async function workersOf(context: BrowserContext): Promise<string> {
  const asking = async (): Promise<string> => {
    const devtools = await context.newCDPSession(await context.newPage());
    const told = new Promise<string>((resolve) =>
      devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        const each = versions.map(
          ({ status, runningStatus, controlledClients = [] }) =>
            `${status}, ${runningStatus}, controls ${controlledClients.length}`
        );
        resolve(each.join('\n'));
      })
    );
    await devtools.send('ServiceWorker.enable');
    return told;
  };
  const none = new Promise<string>((resolve) => setTimeout(() => resolve('none is told of'), patience));
  return Promise.race([asking().catch(String), none]);
}

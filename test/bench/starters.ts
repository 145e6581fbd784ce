import type { BrowserContext, Page } from '@playwright/test';
import { launch, signIn } from './browser.ts';
import { FilledRelay } from './filled-relay.ts';
import { ms, type Measured } from './measure.ts';

/** A class; and how many milliseconds it may take until all their pages stand in the list. */
const budget = { pupils: 30, time: 2_000 } as const;

/** One page for each of a class with a starter, without a network: from the tap until all of them stand in the list. */
export async function oneForEach(): Promise<readonly Measured[]> {
  const chrome = await launch();
  const filled = await FilledRelay.start(budget.pupils + 1);
  const context = await chrome.newContext({ locale: 'es-ES', viewport: { width: 1180, height: 820 } });
  const page = await context.newPage();
  await signIn(page, filled);
  await page.goto(`${filled.relay.address}/space/${filled.space}/pages`);
  await page.getByRole('button', { name: 'Más opciones' }).waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await context.setOffline(true);
  const measured: Measured[] = [];
  for (const slower of [1, 4]) {
    const { count, time } = await made(context, page, `Diario ${slower}`, slower);
    measured.push({
      what: `one page for each of ${count} pupils until they stand in the list, offline, ${slower}×`,
      value: ms(time),
      ...(slower === 1 ? { expected: { text: `≤ ${budget.time} ms`, holds: time <= budget.time } } : {})
    });
  }
  await context.close();
  await chrome.close();
  await filled.stop();
  return measured;
}

async function made(
  context: BrowserContext,
  page: Page,
  title: string,
  slower: number
): Promise<{ readonly count: number; readonly time: number }> {
  await page.getByRole('button', { name: 'Más opciones' }).click();
  await page.getByRole('menuitem', { name: 'Una para cada cual' }).click();
  await page.getByRole('button', { name: 'Elegir un modelo' }).click();
  await page.getByRole('button', { name: /^Diario/ }).click();
  await page.getByRole('button', { name: 'Usar este modelo' }).click();
  await page.getByLabel('Título').fill(title);
  const button = page.getByRole('button', { name: /^Crear \d+ páginas$/ });
  const count = Number(/\d+/.exec(await button.innerText())?.[0]);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const time = await button.evaluate(
    (element, { wanted, all }) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const look = (): void => {
          const links = [...document.querySelectorAll('main li a')];
          const there = links.filter((link) => link.textContent.trim().startsWith(wanted));
          if (there.length < all) requestAnimationFrame(look);
          else resolve(performance.now() - start);
        };
        (element as HTMLElement).click();
        look();
      }),
    { wanted: `${title} · `, all: count }
  );
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await devtools.detach();
  return { count, time };
}

import type { Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import type { Portal } from '../support/cuttable-proxy.ts';
import { expect, test } from '../support/journey.ts';
import { nextVersion, nextVersionFolder } from '../support/other-version.ts';
import { addPupil, allSent } from '../support/steps.ts';

const space = 'Ríos de Europa';

/** What a hotel's network answers to everything until somebody has signed in there. */
const hotel: Portal = {
  type: 'text/html',
  body: '<!doctype html><title>Hotel</title><h1>Welcome to our Wi-Fi</h1>'
};
const hotelButWorker: Portal = { ...hotel, lets: (path) => path === '/service-worker.js' };

/** The app looks for what it has not got. */
async function look(page: Page): Promise<void> {
  await page.evaluate(() => void dispatchEvent(new Event('online')));
}

/** What of the portal is stored, and how much in all. */
function stored(page: Page): Promise<{ portal: number; all: number }> {
  return page.evaluate(async () => {
    const counts = { portal: 0, all: 0 };
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (request.url.endsWith('/reserve')) continue;
        counts.all++;
        const text = await (await cache.match(request))?.text();
        if (text?.includes('Welcome to our Wi-Fi')) counts.portal++;
      }
    }
    return counts;
  });
}

test('[NW2] a portal that answers while the app is stored leaves no trace, and the app is stored later', async ({
  tablet,
  expected
}) => {
  expected.push(/service-?worker|MIME type|Failed to load/i);
  const desk = await tablet();
  const { page } = desk;
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: /docente/i }).first()).toBeVisible();
  // First the worker itself is the portal's page: no script of another type runs as one.
  desk.portal(hotel);
  await page.evaluate(() => void dispatchEvent(new Event('journey-offline')));
  await expect(page.evaluate(() => navigator.serviceWorker.register('/service-worker.js'))).rejects.toThrow(
    /MIME type|SecurityError/
  );
  expect(await stored(page)).toEqual({ portal: 0, all: 0 });

  // Then the worker comes and everything that it stores is the portal's.
  desk.portal(hotelButWorker);
  const ended = page.evaluate(async () => {
    const { installing } = await navigator.serviceWorker.register('/service-worker.js');
    return new Promise((resolve) => {
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'redundant') resolve('given up');
        if (installing.state === 'activated') resolve('taken');
      });
    });
  });
  expect(await ended).toBe('given up');
  expect(await stored(page)).toEqual({ portal: 0, all: 0 });

  desk.portal(undefined);
  await look(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await desk.cut();
  await page.goto('/login');
  await expect(page.getByLabel('Usuario')).toBeVisible();
});

test('[NW3] what the browser gave up of the app is filled again at a visit with a network', async ({
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await page.goto('/login');
  await desk.readyForOffline();
  const before = (await stored(page)).all;
  await page.evaluate(async () => {
    const cache = await caches.open('twinspace-shell');
    for (const { url } of await cache.keys()) if (/index\.html|\.js|\.css/.test(url)) await cache.delete(url);
  });
  expect((await stored(page)).all).toBeLessThan(before);
  await page.reload();
  await expect(page.getByLabel('Usuario')).toBeVisible();
  await expect.poll(async () => (await stored(page)).all).toBe(before);
  await desk.cut();
  await page.goto('/pupil-login');
  await expect(page.getByLabel('Usuario')).toBeVisible();
});

test('[NW4] a portal does not become the next version, and the version that works is given up only for a whole one', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/service-?worker|MIME type|Failed to load/i);
  const next = await nextVersionFolder(test.info().outputDir);
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await desk.readyForOffline();
  const works = (await stored(page)).all;
  await relay.stop();
  await relay.start(next);

  desk.portal(hotelButWorker);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const ended = new Promise<void>((resolve) => {
      registration?.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          if (installing.state === 'redundant') resolve();
        });
      });
    });
    dispatchEvent(new Event('online'));
    await ended;
  });
  expect(await stored(page)).toEqual({ portal: 0, all: works });
  await expect(page.getByText('Hay una versión nueva')).toHaveCount(0);
  await page.reload();
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });

  desk.portal(undefined);
  await look(page);
  await expect(page.getByText('Hay una versión nueva')).toBeVisible();
  await allSent(page);

  // What was fetched for the next version is lost again, and the portal is back.
  await page.evaluate(async () => {
    const cache = await caches.open('twinspace-shell');
    const pages = (await cache.keys()).filter(({ url }) => url.includes('index.html'));
    const last = pages.at(-1);
    if (pages.length !== 2 || !last) throw new Error(`${pages.length} pages are stored`);
    await cache.delete(last);
  });
  desk.portal(hotel);
  await page.getByRole('button', { name: 'Actualizar' }).click();
  await expect(page.getByText(/no ha llegado entera/)).toBeVisible();
  await page.reload();
  await expect(page.getByText('Hay una versión nueva')).toBeVisible();
  expect((await stored(page)).portal).toBe(0);

  desk.portal(undefined);
  await page.getByRole('button', { name: 'Actualizar' }).click();
  await expect(page.getByText('Hay una versión nueva')).toHaveCount(0);
  await page
    .getByRole('navigation', { name: 'Secciones' })
    .getByRole('link', { name: 'Este dispositivo' })
    .click();
  await expect(page.getByText(nextVersion)).toBeVisible();
});

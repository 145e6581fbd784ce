import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { wholeChromium } from '#relay/ops/browsers.mjs';
import { begin, foundByGate } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { nextVersion, nextVersionFolder } from '../support/other-version.ts';
import { addPupil, allSent, marta, memberRow, openMembers } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[AP2] a new version waits until the person says so, and nothing that waited is lost by it', async ({
  relay,
  tablet
}) => {
  const next = await nextVersionFolder(test.info().outputDir);
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await desk.cut();
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  await relay.stop();
  await relay.start(next);
  await desk.mend();
  await allSent(page);

  await expect(page.getByText('Hay una versión nueva')).toBeVisible();
  // Not now: the tablet is opened again, and what was fetched for the new version lies there still.
  await page.reload();
  await expect(page.getByText('Hay una versión nueva')).toBeVisible();
  await desk.cut();
  await addPupil(page, { given: 'Ana', family: 'Dos', password: 'tigre7luna' });
  await page.getByRole('button', { name: 'Actualizar' }).click();
  await expect(page.getByText('Hay una versión nueva')).toHaveCount(0);
  await page
    .getByRole('navigation', { name: 'Secciones' })
    .getByRole('link', { name: 'Este dispositivo' })
    .click();
  await expect(page.getByText(nextVersion)).toBeVisible();
  await openMembers(page);
  await expect(memberRow(page, 'Ana Dos').getByText('Espera envío')).toBeAttached();
  await desk.mend();
  await allSent(page);
  await expect(memberRow(page, 'Ana Uno')).toContainText('ana.uno.1');
});

test('[AP1] the app can be installed, and offers it at a fitting moment', async ({ relay }) => {
  await foundByGate(relay.address, relay.setupPath, marta, space);
  const folder = await mkdtemp(join(tmpdir(), 'twinspace-profile-'));
  const { launchOptions } = test.info().project.use;
  const whole = wholeChromium();
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    // Only the whole browser installs apps.
    ...(whole ? { executablePath: whole } : {}),
    locale: 'es-ES',
    viewport: { width: 1180, height: 820 },
    baseURL: `http://localhost:${relay.port}`
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual([]);
  // The browser looks at the manifest and its icons in its own time.
  await expect(page.getByRole('button', { name: 'Instalar' })).toBeVisible();
  await context.close();
  await rm(folder, { recursive: true, force: true });
});

test('[AP3, AP7] an address without https, and a browser that stores nothing, say so in plain words', async ({
  relay
}) => {
  const { launchOptions } = test.info().project.use;
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), '--host-resolver-rules=MAP tablet.test 127.0.0.1']
  });
  const insecure = await browser.newPage({ locale: 'es-ES' });
  const complaints: string[] = [];
  insecure.on('pageerror', (error) => complaints.push(String(error)));
  insecure.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  for (const path of ['/', '/login', '/pupil-login', '/invite#secret']) {
    await insecure.goto(`http://tablet.test:${relay.port}${path}`);
    await expect(insecure.getByRole('heading', { name: 'A esta dirección le falta https' })).toBeVisible();
    await expect(insecure.getByRole('link', { name: 'Abrir https://tablet.test' })).toBeVisible();
    await expect(insecure.getByText('sync-server/ops/Caddyfile')).toBeVisible();
  }
  expect(complaints).toEqual([]);
  const forgetful = await browser.newPage({ locale: 'es-ES' });
  await forgetful.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await forgetful.goto(`http://localhost:${relay.port}/`);
  await expect(forgetful.getByRole('heading', { name: 'Aquí no puede funcionar' })).toBeVisible();
  await expect(forgetful.getByText(/modo privado/)).toBeVisible();
  await browser.close();
});

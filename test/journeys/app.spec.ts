import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { wholeChromium } from '#relay/ops/browsers.mjs';
import { begin, foundByGate } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { makeCertificate } from '../support/make-certificate.ts';
import { nextVersion, nextVersionFolder } from '../support/other-version.ts';
import {
  addPupil,
  allSent,
  inviteTeacher,
  keepCode,
  marta,
  memberRow,
  openMembers,
  openSpace,
  toFounding
} from '../support/steps.ts';

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

test('[AP7, OP13, OP12] over plain http there is a page for the technician and no error on the console; with a certificate of the relay’s own the same name opens, founds, and stands in its links', async ({
  relay
}) => {
  const { launchOptions } = test.info().project.use;
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      '--host-resolver-rules=MAP tablet.test 127.0.0.1',
      // It is signed by itself.
      '--ignore-certificate-errors'
    ]
  });
  const insecure = await browser.newPage({ locale: 'es-ES' });
  const complaints: string[] = [];
  const listen = (page: Page): void => {
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  };
  listen(insecure);
  const name = `tablet.test:${relay.port}`;
  for (const path of ['/', '/login', '/pupil-login', '/tablet', '/invite#secret', relay.setupPath]) {
    await insecure.goto(`http://${name}${path}`);
    await expect(insecure.getByRole('heading', { name: 'A esta dirección le falta https' })).toBeVisible();
    await expect(insecure.getByRole('link', { name: 'Abrir https://tablet.test' })).toBeVisible();
    for (const what of ['sync-server/ops/Caddyfile', 'sync-server/ops/nginx.conf', 'TLS_CERT', 'TLS_KEY']) {
      await expect(insecure.getByText(what).first()).toBeVisible();
    }
  }
  expect(complaints).toEqual([]);

  await relay.stop();
  const { certificate, key } = makeCertificate(join(relay.folder, 'tls'));
  const settings = { TLS_CERT: certificate, TLS_KEY: key, PUBLIC_URL: `https://${name}` };
  await relay.start(undefined, 0, settings);
  const page = await browser.newPage({ locale: 'es-ES', baseURL: `https://${name}` });
  listen(page);
  await page.goto(relay.setupPath);
  await toFounding(page, marta, space);
  await keepCode(page);
  await openSpace(page, space);
  expect(await inviteTeacher(page, 'Luca')).toMatch(new RegExp(`^https://${name}/invite#`));
  await allSent(page);
  expect(complaints).toEqual([]);
  await browser.close();
});

test('[AP3] a browser that stores nothing says so in plain words', async ({ relay, browser }) => {
  const page = await browser.newPage({ locale: 'es-ES' });
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await page.goto(`http://localhost:${relay.port}/`);
  await expect(page.getByRole('heading', { name: 'Aquí no puede funcionar' })).toBeVisible();
  await expect(page.getByText(/modo privado/)).toBeVisible();
  await page.close();
});

import type { Browser, Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { expect, test, Tablet } from '../support/journey.ts';
import { bringPicture, pictureOf } from '../support/media-steps.ts';
import { beginWriting, enterPage, openPage, openPages, pasteInto } from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { allSent, openSpace } from '../support/steps.ts';

const [space, next] = ['Ríos de Europa', 'Ríos, otro curso'];
const diary = 'Diario del Ebro';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };

/** Does it on a device whose relay is another one, in a TwinSpace in which nothing is yet. */
async function elsewhere(browser: Browser, work: (there: Tablet) => Promise<void>): Promise<void> {
  const relay = await RelayProcess.start();
  const proxy = await CuttableProxy.start(relay.port);
  const context = await browser.newContext({ baseURL: proxy.origin });
  const there = new Tablet(context, await context.newPage(), proxy);
  try {
    await begin(there, relay, next);
    await work(there);
  } finally {
    await there.close();
    await relay.dispose();
  }
}

/** A TwinSpace with a page, a picture in it and a draft below it, taken home as this file. */
async function takenHome(desk: Tablet, relay: RelayProcess, archive: string): Promise<string> {
  const { page } = desk;
  await begin(desk, relay, space, {
    pupils: [ana],
    pages: [{ title: diary, under: [{ title: 'Sin terminar', draft: true, lines: 'Falta el final.' }] }]
  });
  await openPage(page, diary);
  await pasteInto(page, diary, '<h2>El río</h2><ul><li>nace en <b>Fontibre</b></li></ul>');
  await beginWriting(page, diary);
  await bringPicture(page, 'paste', await photo(page, { width: 400, height: 300 }), 'La nutria');
  await page.getByRole('button', { name: 'Hecho' }).click();
  await expect(page.getByRole('button', { name: 'Escribir' }).first()).toBeVisible();
  await allSent(page);
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByRole('button', { name: 'Preparar el archivo' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Descargar el ZIP' }).click();
  await (await saving).saveAs(archive);
  return archive;
}

/** From now on, until the page is loaded again, no media are kept here: another tab is putting them in order. */
async function holdMedia(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((held) => {
        void navigator.locks.request('twinspace-media-making', () => {
          held();
          return new Promise<never>(() => undefined);
        });
      })
  );
}

/** Goes where archives are read in, and chooses this one. */
async function choose(page: Page, archive: string): Promise<void> {
  await openPages(page);
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByRole('link', { name: 'Traer de un archivo' }).click();
  await expect(
    page.getByRole('heading', { name: 'Traer un TwinSpace de un archivo', level: 1 })
  ).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(archive);
  await expect(page.getByRole('heading', { name: space, level: 2 })).toBeVisible();
}

test('[FA1, FA3, FA4, FA5, FA6, FA7, FA8, TH7] a year that was taken home is brought in on another server without a network, and once more after a reload, and nothing is there twice', async ({
  relay,
  tablet,
  browser
}, testInfo) => {
  const archive = await takenHome(await tablet(), relay, testInfo.outputPath('year.zip'));
  await elsewhere(browser, async (there) => {
    // Without its relay; then the tab is closed.
    await choose(there.page, archive);
    await expect(there.page.getByText('2 páginas')).toBeVisible();
    await expect(there.page.getByText('1 es un borrador, y borrador se queda')).toBeVisible();
    there.unplug();
    await there.page.getByRole('button', { name: 'Traer todo' }).click();
    await expect(there.page.getByText('Ya está todo aquí')).toBeVisible();
    there.plug();
    await there.page.reload();
    await openSpace(there.page, next);

    // The same archive again: nothing of it is there twice.
    await choose(there.page, archive);
    await expect(there.page.getByText('Todo lo de este archivo ya está aquí.')).toBeVisible();
    await there.page.getByRole('button', { name: 'Traer todo' }).click();
    await expect(there.page.getByText('Ya está todo aquí')).toBeVisible();
    await there.page.getByRole('link', { name: 'Ver las páginas' }).click();
    await expect(there.page.getByRole('link', { name: /Sin terminar/ })).toHaveCount(1);
    await allSent(there.page);

    await enterPage(there.page, next, diary);
    await expect(there.page.getByRole('heading', { name: 'El río' })).toBeVisible();
    await expect(pictureOf(there.page, 'La nutria')).toBeVisible();
    await expect(there.page.getByText('nace en Fontibre')).toBeVisible();
  });
});

test('[FA7, FA4, FA5, G14] stopped by its button between the pages and the pictures it goes on; so it does after the tablet was closed there; drafts stay drafts, nothing is published, and nothing is there twice', async ({
  relay,
  tablet,
  browser
}, testInfo) => {
  const archive = await takenHome(await tablet(), relay, testInfo.outputPath('year.zip'));
  await elsewhere(browser, async ({ page }) => {
    const half = page.getByText('Páginas: 2 de 2. Fotos, vídeos y sonidos: 0 de 1.');
    await choose(page, archive);
    await holdMedia(page);
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect(half).toBeVisible();
    await page.getByRole('button', { name: 'Parar' }).click();
    await expect(page.getByText('Parado', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Seguir' }).click();
    await expect(half).toBeVisible();
    // Whoever goes is asked, and goes all the same: as if the tablet were closed.
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();

    await openSpace(page, next);
    await choose(page, archive);
    await expect(page.getByText('Ya están aquí 2 páginas de este archivo')).toBeVisible();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect(page.getByText('Ya está todo aquí')).toBeVisible();
    await expect(page.getByText('Páginas: 0. Fotos, vídeos y sonidos: 1.')).toBeVisible();
    await page.getByRole('link', { name: 'Ver las páginas' }).click();
    for (const title of [diary, 'Sin terminar'])
      await expect(page.getByRole('link', { name: new RegExp(title) })).toHaveCount(1);
    await expect(page.getByText('Borrador')).toHaveCount(1);
    await expect(page.getByText('Publicada')).toHaveCount(0);
    await allSent(page);

    await enterPage(page, next, diary);
    await expect(pictureOf(page, 'La nutria')).toHaveCount(1);
    await expect(pictureOf(page, 'La nutria')).toBeVisible();
  });
});

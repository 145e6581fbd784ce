import type { Browser, Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { expect, test, Tablet } from '../support/journey.ts';
import { bringPicture, pictureOf } from '../support/media-steps.ts';
import { beginWriting, enterPage, makePage, openPages, pasteInto, writeLine } from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { allSent, openSpace } from '../support/steps.ts';

const [space, next] = ['Ríos de Europa', 'Ríos, otro curso'];
const diary = 'Diario del Ebro';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };

/** A device whose relay is another one. */
async function tabletOf(browser: Browser, relay: RelayProcess): Promise<Tablet> {
  const proxy = await CuttableProxy.start(relay.port);
  const context = await browser.newContext({ baseURL: proxy.origin });
  return new Tablet(context, await context.newPage(), proxy);
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
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [ana] });
  await makePage(page, diary, { shown: true });
  await pasteInto(page, diary, '<h2>El río</h2><ul><li>nace en <b>Fontibre</b></li></ul>');
  await beginWriting(page, diary);
  await bringPicture(page, 'paste', await photo(page, { width: 400, height: 300 }), 'La nutria');
  await page.getByRole('button', { name: 'Hecho' }).click();
  await expect(page.getByRole('button', { name: 'Escribir' }).first()).toBeVisible();
  await makePage(page, 'Sin terminar', { under: diary });
  await writeLine(page, 'Sin terminar', 'Falta el final.');
  await allSent(page);
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByRole('button', { name: 'Preparar el archivo' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Descargar el ZIP' }).click();
  const archive = testInfo.outputPath('year.zip');
  await (await saving).saveAs(archive);

  const other = await RelayProcess.start();
  const there = await tabletOf(browser, other);
  try {
    await begin(there, other, next);
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
  } finally {
    await there.close();
    await other.dispose();
  }
});

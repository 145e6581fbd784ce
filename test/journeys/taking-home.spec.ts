import type { Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { bringPicture, pictureOf } from '../support/media-steps.ts';
import {
  beginWriting,
  enterPage,
  openPage,
  openPages,
  pageMenu,
  pasteInto,
  writeLine
} from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { allSent, signIn } from '../support/steps.ts';
import { unpacked, type Unpacked } from '../support/unpacked.ts';

const space = 'Ríos de Europa';
const diary = 'Diario del Ebro';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };
const unseen = 'Lo que nadie ha visto';

/** What the screen hands over when this button is pressed, unpacked. */
async function saved(page: Page, button: string): Promise<Unpacked> {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^[a-z0-9-]+-\d{4}-\d{2}-\d{2}\.zip$/);
  return unpacked(await download.path());
}

/** How many sheets of paper a PDF has. */
function sheetsIn(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** The words of a page line by line, as they are read. */
function words(page: Page): Promise<readonly string[]> {
  return page.getByRole('article').locator('.page-text [data-say]').allInnerTexts();
}

test('[TH1, TH2, TH3, TH4, TH6, TH7, TH8] a pupil takes a page and her portfolio home with no network, and they open from the file system as they are read, and are printed; the teacher takes all of it', async ({
  relay,
  tablet,
  browser
}) => {
  const desk = await tablet();
  const own = await tablet();
  await begin(desk, relay, space, {
    pupils: [ana],
    pages: [
      {
        title: diary,
        given: 'pupils',
        under: [{ title: 'Fotos' }, { title: 'Sin terminar', draft: true, lines: unseen }]
      }
    ]
  });
  await openPage(desk.page, diary);
  await pasteInto(
    desk.page,
    diary,
    '<h2>El río</h2><ul><li>nace en <b>Fontibre</b></li></ul><table><tr><th>Qué</th></tr><tr><td>agua</td></tr></table>'
  );
  await allSent(desk.page);

  const { page } = own;
  await signIn(page, '/login', 'ana.uno.1', ana.password);
  await enterPage(page, space, diary);
  await writeLine(page, diary, 'Vi una <nutria>.');
  const taken = await photo(page, { width: 400, height: 300 });
  await beginWriting(page, diary);
  await bringPicture(page, 'paste', taken, 'La nutria');
  await page.getByRole('button', { name: 'Hecho' }).click();
  await expect(page.getByRole('button', { name: 'Escribir' }).first()).toBeVisible();
  await allSent(page);
  await own.cut();
  const read = await words(page);
  expect(read).toContain('Vi una <nutria>.');

  // The page, with what is below it.
  await pageMenu(page, diary, 'Llevar a casa…');
  await expect(page.getByRole('checkbox', { name: /Fotos/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /Sin terminar/ })).toHaveCount(0);
  const home = await saved(page, 'Guardar en un archivo ZIP');
  const there = await home.open(browser);
  await there.getByRole('link', { name: diary }).click();
  await expect(there.getByRole('heading', { name: diary, level: 1 })).toBeVisible();
  expect(await words(there)).toEqual(read);
  await expect(there.getByRole('columnheader', { name: 'Qué' })).toBeVisible();
  await expect(pictureOf(there, 'La nutria')).toBeVisible();
  await there.getByRole('link', { name: /Siguiente: Fotos/ }).click();
  await there.getByRole('link', { name: 'Todas las páginas' }).click();
  await expect(there.getByRole('heading', { name: diary, level: 1 })).toBeVisible();

  // On paper, of either size: each page on a sheet of its own, and nothing of the app.
  for (const format of ['A4', 'Letter'] as const) {
    await page.evaluate(() => (window.print = () => document.body.classList.add('is-asked')));
    await page.getByRole('button', { name: 'Imprimir o guardar en PDF' }).click();
    await expect(page.locator('body.is-asked')).toHaveCount(1);
    expect(sheetsIn(await page.pdf({ format, preferCSSPageSize: true }))).toBe(2);
    await page.evaluate(() => document.body.classList.remove('is-asked'));
  }

  // Her portfolio: what is hers is marked.
  await openPages(page);
  await page.getByRole('link', { name: 'Mi portafolio' }).click();
  const mine = await saved(page, 'Guardar en un archivo ZIP');
  const folder = await mine.open(browser);
  await expect(folder.getByRole('img', { name: 'La nutria' })).toBeVisible();
  await folder.getByRole('link', { name: diary }).click();
  await expect(folder.getByText('Lo que lleva una raya al lado lo hizo Ana Uno.')).toBeVisible();
  await expect(folder.locator('p.own')).toHaveText('Ana Uno: Vi una <nutria>.');
  for (const { all } of [home, mine])
    for (const secret of [unseen, 'Sin terminar', 'ana.uno.1', 'Marta', 'marta.'])
      expect([secret, all.includes(secret)]).toEqual([secret, false]);

  // All of it, by the relay.
  const sections = desk.page.getByRole('navigation', { name: 'Secciones' });
  await sections.getByRole('link', { name: 'TwinSpace' }).click();
  await desk.page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await desk.page.getByRole('button', { name: 'Preparar el archivo' }).click();
  await expect(
    desk.page.getByText('Está listo, tal como está el TwinSpace ahora. Páginas: 3.')
  ).toBeVisible();
  const whole = await saved(desk.page, 'Descargar el ZIP');
  const archive = await whole.open(browser);
  await expect(archive.getByRole('link', { name: /Sin terminar.*borrador/ })).toBeVisible();
  await archive.getByRole('link', { name: diary }).click();
  expect(await words(archive)).toEqual(read);
  expect(await whole.text('members.csv')).toContain('Ana Uno;Alumno;;ana.uno.1');
  expect(whole.names).toContain('twinspace.json');
  for (const secret of [ana.password, '$2b$'])
    expect([secret, whole.all.includes(secret)]).toEqual([secret, false]);
  for (const one of [there, folder, archive]) await one.context().close();
  for (const one of [home, mine, whole]) await one.remove();
});

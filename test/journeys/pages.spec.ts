import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  beginWriting,
  enterPage,
  givePage,
  line,
  makePage,
  openPage,
  openPages,
  pageMenu,
  pasteInto,
  takePageFrom,
  writeLine
} from '../support/page-steps.ts';
import { allSent, openTray, signIn } from '../support/steps.ts';

const space = 'Ríos de Europa';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };
const title = 'El Ebro';

test('[G15, G16, PV6, PV8, WR1, WR2, WR3, WR4, WR5, WR7] a page is given to pupils; two tablets write it together, without a network too', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const own = await tablet();
  await begin(desk, relay, space, { pupils: [ana] });
  await makePage(desk.page, title);
  await givePage(desk.page, title);
  await writeLine(desk.page, title, 'Nace en Fontibre.');
  await pasteInto(
    desk.page,
    title,
    '<h2 style="color: red" onclick="x()">El plan</h2><img src="https://rios.test/x.png"><script>x()</script>'
  );
  await expect(desk.page.getByRole('heading', { name: 'El plan', level: 2 })).toBeVisible();
  await allSent(desk.page);

  await signIn(own.page, '/login', 'ana.uno.1', ana.password);
  await enterPage(own.page, space, title);
  await expect(line(own.page, 'Nace en Fontibre.')).toBeVisible();
  await own.readyForOffline();
  await own.cut();
  await writeLine(own.page, title, 'Ana: pasa por Miranda.');
  await writeLine(desk.page, title, 'Marta: y llega al mar.');
  // A tablet that goes out in the middle of it all.
  await own.page.reload();
  await expect(line(own.page, 'Ana: pasa por Miranda.')).toBeVisible();

  await own.mend();
  await allSent(own.page);
  for (const { page } of [desk, own])
    for (const text of ['Nace en Fontibre.', 'Ana: pasa por Miranda.', 'Marta: y llega al mar.'])
      await expect(line(page, text)).toHaveCount(1);

  // Who writes is seen while they do: as a name where the page is read, and as a caret where somebody else writes.
  await beginWriting(own.page, title);
  await own.page.keyboard.type(' Y por Logroño.');
  await expect(desk.page.getByText('Ahora escribe aquí: Ana Uno')).toBeVisible();
  await expect(line(desk.page, 'Y por Logroño.')).toBeVisible();
  const editor = await beginWriting(desk.page, title);
  const caret = editor.locator('.caret');
  await expect(caret).toHaveText(/Ana Uno/);
  await expect(caret).toHaveCount(1);
  await own.page.getByRole('button', { name: 'Hecho' }).click();
  await expect(caret).toHaveCount(0);
  await expect(desk.page.getByText('Ahora escribe aquí')).toHaveCount(0);
  // What comes while it is open is here.
  await allSent(own.page);
  await expect(desk.page.getByText('Aún no está aquí')).toHaveCount(0);
  // Who wrote what is known without a network, too.
  const whoWrote = own.page.getByRole('button', { name: 'Quién escribió qué' });
  const by = (name: string) => own.page.getByRole('article').getByText(`Escrito por ${name}`);
  await whoWrote.click();
  await expect(by('Ana Uno')).toHaveCount(1);
  await expect(by('Marta Ruiz')).toHaveCount(3);
  await own.cut();
  await own.page.reload();
  await whoWrote.click();
  await expect(by('Ana Uno')).toHaveCount(1);
  await expect(by('Marta Ruiz')).toHaveCount(3);
});

test('[G15, PE23, WR6, TR1] who loses the permission while away finds what they wrote in the tray; the others’ words stay', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const own = await tablet();
  await begin(desk, relay, space, { pupils: [ana], pages: [{ title, given: 'pupils' }] });
  await openPage(desk.page, title);
  await signIn(own.page, '/login', 'ana.uno.1', ana.password);
  await enterPage(own.page, space, title);
  await own.readyForOffline();
  await own.cut();
  await writeLine(own.page, title, 'Lo que vio Ana.');

  await takePageFrom(desk.page, title, 'Todo el alumnado');
  await writeLine(desk.page, title, 'Lo que vio Marta.');
  await allSent(desk.page);

  await own.mend();
  await expect(line(own.page, 'Lo que vio Marta.')).toBeVisible();
  await expect(line(own.page, 'Lo que vio Ana.')).toHaveCount(0);
  await expect(own.page.getByText(/hace falta permiso/).first()).toBeVisible();
  await openTray(own.page);
  await expect(own.page.getByText('Lo que vio Ana.')).toBeVisible();

  // Given once more, it is done anew below what others have written since.
  await givePage(desk.page, title);
  await allSent(desk.page);
  const again = own.page.getByRole('button', { name: 'Intentar otra vez' });
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(own.page.getByText('Nada se ha rechazado')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await allSent(own.page);
  await openPage(own.page, title);
  for (const { page } of [desk, own])
    for (const text of ['Lo que vio Marta.', 'Lo que vio Ana.'])
      await expect(line(page, text)).toHaveCount(1);
});

test('[G15, PG10, PG12, PG13, PG14, PG15, PA10, PA13, PV9] somebody empties the page: what a child was writing in it is found again, the page goes back, and is frozen', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const own = await tablet();
  await begin(desk, relay, space, { pupils: [ana], pages: [{ title, given: 'pupils' }] });
  await openPage(desk.page, title);
  await signIn(own.page, '/login', 'ana.uno.1', ana.password);
  await enterPage(own.page, space, title);
  await writeLine(own.page, title, 'Ana vio una garza');
  await allSent(own.page);
  await expect(line(desk.page, 'Ana vio una garza')).toBeVisible();
  await own.readyForOffline();
  await own.cut();
  await beginWriting(own.page, title);
  await own.page.keyboard.type(' y dos nutrias');
  await own.page.getByRole('button', { name: 'Hecho' }).click();

  await beginWriting(desk.page, title);
  await desk.page.keyboard.press('Control+A');
  await desk.page.keyboard.press('Delete');
  await desk.page.getByRole('button', { name: 'Hecho' }).click();
  await expect(desk.page.getByRole('button', { name: 'Escribir' }).first()).toBeVisible();
  await allSent(desk.page);
  await own.mend();
  await allSent(own.page);
  for (const { page } of [desk, own]) {
    await expect(page.getByRole('heading', { name: 'Encontrado de nuevo' })).toBeVisible();
    await expect(page.getByText('y dos nutrias')).toBeVisible();
    await expect(page.getByText(/Lo escribió Ana Uno/)).toBeVisible();
  }
  await own.page.getByRole('button', { name: 'Volver a ponerlo' }).click();
  await expect(line(own.page, 'y dos nutrias')).toBeVisible();
  await expect(line(desk.page, 'y dos nutrias')).toBeVisible();

  // What the child did since the beginning is undone; what the teacher did stays.
  await writeLine(desk.page, title, 'Marta: muy bien');
  await allSent(desk.page);
  await pageMenu(desk.page, title, 'Historia de la página');
  await desk.page
    .getByRole('listitem')
    .filter({ hasText: 'Antes de lo que escribió Ana Uno' })
    .getByRole('button', { name: 'Ver esta versión' })
    .click();
  await desk.page.getByRole('button', { name: 'Deshacer lo que hizo Ana Uno desde entonces' }).click();
  await expect(line(desk.page, 'Marta: muy bien')).toBeVisible();
  await expect(line(desk.page, 'y dos nutrias')).toHaveCount(0);

  await pageMenu(desk.page, title, 'Historia de la página');
  await desk.page
    .getByRole('listitem')
    .filter({ hasText: 'Antes de lo que escribió Marta Ruiz' })
    .getByRole('button', { name: 'Ver esta versión' })
    .click();
  await expect(desk.page.getByText('Ana vio una garza')).toBeVisible();
  await desk.page.getByRole('button', { name: 'Volver a esta versión' }).click();
  await expect(line(desk.page, 'Ana vio una garza')).toBeVisible();
  await expect(line(own.page, 'Ana vio una garza')).toBeVisible();

  // What should never have been written is gone for good; the page stays.
  await pageMenu(desk.page, title, 'Historia de la página');
  const forget = { name: 'Borrar la historia' };
  await desk.page.getByRole('button', forget).click();
  await desk.page.getByRole('dialog').getByRole('button', forget).click();
  await expect(line(desk.page, 'Ana vio una garza')).toBeVisible();
  await allSent(desk.page);
  await pageMenu(desk.page, title, 'Historia de la página');
  await expect(desk.page.getByText('Todavía no hay versiones')).toBeVisible();
  await desk.page.goBack();

  await pageMenu(desk.page, title, 'Congelar');
  await expect(own.page.getByText(/está congelada/).first()).toBeVisible();

  // Just that the teacher sees as a pupil, and nothing to be done, until they go back.
  await pageMenu(desk.page, title, 'Ver como alumno');
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Ver así' }).click();
  await expect(desk.page.getByText(/está congelada/).first()).toBeVisible();
  await openPages(desk.page);
  await expect(desk.page.getByText('Así ve las páginas un alumno cualquiera')).toBeVisible();
  await expect(desk.page.getByRole('button', { name: 'Página nueva' })).toHaveCount(0);
  await desk.page.getByRole('button', { name: 'Volver a mi vista' }).click();
  await expect(desk.page.getByRole('button', { name: 'Página nueva' })).toBeVisible();
});

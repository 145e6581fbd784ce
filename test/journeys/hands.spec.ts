import type { Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { angel, addPupil, allSent, marta, openSpace, signIn, signOut } from '../support/steps.ts';

const space = 'Ríos de Europa';

/** The id of the account that a card names, as this tablet keeps it. */
async function accountOnCard(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const open = indexedDB.open('twinspace');
    const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
    const request = db.transaction('keys').objectStore('keys').getAll();
    const rows = await new Promise<{ account: string; username: string }[]>((resolve) => {
      request.onsuccess = () => resolve(request.result as { account: string; username: string }[]);
    });
    db.close();
    return rows.find(({ username }) => username === 'angel.canorobles.1')?.account ?? '';
  });
}

test('[G18, HA1, HA3] a pupil who forgot the password raises a hand at home; the teacher sees it and helps', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [angel] });
  await allSent(page);

  const home = await tablet();
  await home.page.goto('/pupil-login');
  await home.page.getByRole('button', { name: 'No me acuerdo' }).click();
  await home.page.getByLabel('Escribe tu usuario').fill('angel.canorobles.1');
  await home.page.getByRole('button', { name: 'Avisar a mi docente' }).click();
  await expect(home.page.getByText('Tu docente ya lo sabe')).toBeVisible();

  await page.goto('/spaces');
  await openSpace(page, space);
  await expect(page.getByRole('heading', { name: 'No se acuerdan de su contraseña' })).toBeVisible();
  await page.getByRole('link', { name: 'Dar una contraseña nueva' }).click();
  await page.getByLabel('Contraseña', { exact: true }).fill('nube4barco');
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(page.getByText('Dásela ahora')).toBeVisible();
  await allSent(page);
  await page.goto('/spaces');
  await openSpace(page, space);
  await expect(page.getByRole('heading', { name: 'No se acuerdan de su contraseña' })).toHaveCount(0);

  await home.page.keyboard.press('Escape');
  await signIn(home.page, '/pupil-login', 'angel.canorobles.1', 'nube4barco');
  await expect(home.page.getByText(/^¡Hola, /)).toBeVisible();
});

test('[G7, G18, HA2, SI9] offline, on the same tablet: the teacher steps in, gives a new password and hands the tablet back; with it the printed card names the account on any other', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await addPupil(page, angel);
  // What the square of the card says.
  const account = await accountOnCard(page);
  await allSent(page);
  await signOut(page);
  await desk.cut();

  await page.goto('/pupil-login');
  await page.getByRole('button', { name: 'No me acuerdo' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ángel CanoRobles' }).click();
  await dialog.getByRole('button', { name: 'Avisar a mi docente' }).click();
  await expect(dialog.getByText('Lo guardamos en esta tableta')).toBeVisible();
  await dialog.getByRole('link', { name: 'Soy su docente' }).click();
  await page.waitForURL(/\/login\?to=/);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await expect(
    page.getByRole('heading', { name: 'Dar una contraseña nueva a Ángel CanoRobles' })
  ).toBeVisible();
  await page.getByLabel('Contraseña', { exact: true }).fill('nube4barco');
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await page.getByRole('button', { name: 'Devolver la tableta' }).click();

  // The pupil is chosen already: only the password is typed.
  await expect(page.getByRole('heading', { name: '¡Hola!' })).toBeVisible();
  await expect(page.getByRole('main').getByText('Ángel CanoRobles')).toBeVisible();
  await page.getByLabel('Contraseña', { exact: true }).fill('nube4barco');
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByText(/^¡Hola, /)).toBeVisible();
  await desk.mend();
  await allSent(page);

  // Its address and the password are enough, on any tablet.
  const other = await tablet();
  await other.page.goto(`/pupil-login#${account}`);
  await expect(other.page.getByText('Escribe la contraseña de tu tarjeta')).toBeVisible();
  await expect(other.page.getByText('Ángel')).toHaveCount(0);
  await other.page.getByLabel('Contraseña', { exact: true }).fill('nube4barco');
  await other.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(other.page.getByText(/^¡Hola, /)).toBeVisible();
});

import { expect, test } from '../support/journey.ts';
import {
  angel,
  addPupil,
  allSent,
  found,
  inviteTeacher,
  luca,
  marta,
  openAddMembers,
  openMembers,
  openMemberMenu,
  openSpace
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[MM9, MM4, G11, G18, PE15] one account in two TwinSpaces: switched between, each with the role there; a pupil’s password is given from either', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  const { page } = first;
  await found(first, relay.setupPath, marta, space);
  await page.getByRole('button', { name: 'Fundar otro TwinSpace' }).click();
  const founding = page.getByText(/\/setup#[\w-]{43}/).first();
  await expect(founding).toBeVisible();
  const path = /\/setup#[\w-]{43}/.exec((await founding.textContent()) ?? '')?.[0] ?? '';
  await page.keyboard.press('Escape');
  await openSpace(page, space);
  await addPupil(page, angel);
  await allSent(page);
  await found(second, path, luca, 'Mares');
  await openSpace(second.page, 'Mares');
  const link = await inviteTeacher(second.page, 'Marta');
  await allSent(second.page);

  // Marta comes to Mares with the account she has.
  await page.goto(link.replace(/^https?:\/\/[^/]+/, ''));
  await page.getByRole('button', { name: 'Entrar como Marta Ruiz' }).click();
  await expect(page.getByRole('heading', { name: 'Mares', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Cambiar de TwinSpace: Mares' }).click();
  await expect(page.getByRole('link', { name: 'Mares Docente' })).toHaveAttribute('aria-current', 'true');
  await page.getByRole('link', { name: 'Ríos de Europa Docente administrador' }).click();
  await expect(page.getByRole('heading', { name: space, level: 1 })).toBeVisible();
  await page.getByRole('button', { name: `Cambiar de TwinSpace: ${space}` }).click();
  await page.getByRole('link', { name: 'Mares Docente' }).click();
  await expect(page.getByRole('heading', { name: 'Mares', level: 1 })).toBeVisible();

  // Her pupil comes along, and she gives the password from here: it is asked for in the pupil's home.
  await openAddMembers(page);
  await page.getByRole('link', { name: /Añadir alumnos existentes/ }).click();
  await page.getByRole('button', { name: 'Elegir a Ángel CanoRobles' }).click();
  await page.getByRole('button', { name: 'Añadir al TwinSpace' }).click();
  await openMembers(page);
  await openMemberMenu(page, 'Ángel CanoRobles', 'Cambiar contraseña');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Contraseña', { exact: true }).fill('nube4barco');
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(dialog.getByText('Dásela ahora')).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await allSent(page);
  await expect(page.getByText(/rechazado/)).toHaveCount(0);

  // Luca administers Mares, and yet it is not his to give.
  await openMembers(second.page);
  await second.page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' }).click();
  const item = second.page.getByRole('menuitem', { name: /Cambiar contraseña/ });
  await expect(item).toHaveAttribute('aria-disabled', 'true');
  await expect(item).toContainText('Marta Ruiz');
});

import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import type { Page } from '@playwright/test';
import { angel, allSent, changeRole, luca, openMembers, openMemberMenu, signIn } from '../support/steps.ts';

const space = 'Ríos de Europa';

/** Gives Ángel this password, from the menu at his right. */
async function give(page: Page, password: string): Promise<void> {
  await openMembers(page);
  await openMemberMenu(page, 'Ángel CanoRobles', 'Cambiar contraseña');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Contraseña', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(dialog.getByText('Dásela ahora')).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
}

test('[G18, KE9] two administrators give the same pupil a new password, both offline: the later counts, both are told', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { teachers: [luca], pupils: [angel] });
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await allSent(first.page);
  await changeRole(first.page, 'Luca Bianchi', 'Docente administrador');
  await allSent(first.page);
  await openMembers(second.page);
  await expect(second.page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' })).toBeVisible();

  await first.cut();
  await second.cut();
  await give(first.page, 'nube4barco');
  await give(second.page, 'pato5sierra');
  await first.mend();
  await allSent(first.page);
  await second.mend();
  await allSent(second.page);

  for (const { page } of [first, second]) {
    await page
      .getByRole('navigation', { name: 'Secciones' })
      .getByRole('link', { name: 'TwinSpace' })
      .click();
    await expect(page.getByText('Dos contraseñas nuevas para Ángel CanoRobles')).toBeVisible();
  }
  const own = await tablet();
  await signIn(own.page, '/pupil-login', 'angel.canorobles.1', 'nube4barco');
  await expect(own.page.getByText(/no son correctos/)).toBeVisible();
  await signIn(own.page, '/pupil-login', 'angel.canorobles.1', 'pato5sierra');
  await expect(own.page.getByText(/^¡Hola, /)).toBeVisible();
});

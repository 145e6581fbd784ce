import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { angel, allSent, openMembers, openMemberMenu, signIn, signOut } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[G18, KE6, SE6] a pupil who forgot the password gets a new one, offline, and only the new one opens', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [angel] });
  await allSent(page);
  await desk.cut();
  await openMembers(page);
  await openMemberMenu(page, 'Ángel CanoRobles', 'Cambiar contraseña');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Contraseña', { exact: true }).fill('nube4barco');
  await dialog.getByRole('radio', { name: /No se acuerda/ }).check();
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(dialog.getByText('Dásela ahora')).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();

  await signOut(page);
  await signIn(page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await expect(page.getByText(/no es|no coincide|otra vez/i).first()).toBeVisible();
  await signIn(page, '/pupil-login', 'angel.canorobles.1', 'nube4barco');
  await expect(page.getByText(/^¡Hola, /)).toBeVisible();
  await desk.mend();
  await allSent(page);

  // And on a device that has never seen them.
  const home = await tablet();
  await signIn(home.page, '/pupil-login', 'angel.canorobles.1', 'nube4barco');
  await expect(home.page.getByText(/^¡Hola, /)).toBeVisible();
});

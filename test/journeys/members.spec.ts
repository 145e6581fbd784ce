import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  angel,
  addPupil,
  allSent,
  luca,
  memberRow,
  openMembers,
  openMemberMenu,
  openSpace,
  signIn,
  signOut
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[MM12, G9, ME5, ME6, MM1] the menu at a member’s right, by mouse and by keyboard: contact, remove, undo, restore', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [angel] });
  await desk.cut();

  // By keyboard: it opens, walks through the guide's four items and the details, and closes with the focus
  // back where it was.
  await openMembers(page);
  const opener = page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem')).toHaveText([
    /Contacto/,
    /Editar acceso/,
    /Eliminar/,
    /Cambiar contraseña/,
    /Editar datos/
  ]);
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  await openMemberMenu(page, 'Ángel CanoRobles', 'Contacto');
  const card = page.getByRole('dialog');
  await expect(card).toContainText('angel.canorobles.1');
  await page.keyboard.press('Escape');

  await openMemberMenu(page, 'Ángel CanoRobles', 'Eliminar');
  await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
  await expect(memberRow(page, 'angel.canorobles.1')).toHaveCount(0);
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(memberRow(page, 'angel.canorobles.1')).toBeVisible();

  await openMemberMenu(page, 'Ángel CanoRobles', 'Eliminar');
  await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
  await page.getByText('Eliminados: 1').click();
  await page.getByRole('button', { name: 'Recuperar' }).click();
  await expect(memberRow(page, 'angel.canorobles.1')).toBeVisible();
  await desk.mend();
  await allSent(page);
});

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

test('[G13, PE10, PE11, PE15] a teacher is greyed out, with the reason and who may, for pupils that are not their own', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { teachers: [luca], pupils: [angel] });
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await allSent(first.page);
  const { page } = second;
  await addPupil(page, { given: 'Giulia', family: 'Neri', password: 'gatto4sole' });
  await openMembers(page);
  await page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' }).click();
  for (const name of [/Editar acceso/, /Cambiar contraseña/, /Eliminar/]) {
    const item = page.getByRole('menuitem', { name });
    await expect(item).toHaveAttribute('aria-disabled', 'true');
    await expect(item).toContainText('Marta Ruiz');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Opciones de Giulia Neri' }).click();
  await expect(page.getByRole('menuitem', { name: /Cambiar contraseña/ })).not.toHaveAttribute(
    'aria-disabled',
    'true'
  );
  await expect(page.getByRole('menuitem', { name: /Editar acceso/ })).toHaveAttribute(
    'aria-disabled',
    'true'
  );
});

test('[G10, ME3, RO6] a pupil who is made a teacher: the username is typed out, and nothing counts before a password of their own', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [angel] });
  await openMembers(page);
  await openMemberMenu(page, 'Ángel CanoRobles', 'Editar acceso');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^Docente(?! administrador)/ }).check();
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(dialog.getByText(/usuario/i).last()).toBeVisible();
  await dialog.getByLabel('Escribe su usuario').fill('angel.canorobles.1');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  // The link with which Ángel chooses a password of his own.
  await expect(dialog.getByText(/\/recover#[\w-]{43}/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(memberRow(page, 'angel.canorobles.1')).toContainText('Docente');
  await allSent(page);

  const own = await tablet();
  await signIn(own.page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await openSpace(own.page, space);
  await expect(own.page.getByText(/cuando elijas una contraseña que solo tú conozcas/)).toBeVisible();
  await expect(own.page.getByText('marta.ruiz.1')).toHaveCount(0);
});

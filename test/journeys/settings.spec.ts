import type { Page } from '@playwright/test';
import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  angel,
  accept,
  addPupil,
  allSent,
  found,
  inviteTeacher,
  luca,
  marta,
  memberRow,
  openAddMembers,
  openMembers,
  openMemberMenu,
  openSpace,
  signIn
} from '../support/steps.ts';

const space = 'Ríos de Europa';

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Ajustes', level: 1 })).toBeVisible();
}

test('[SG1, SG2, SG3, SP3, PE3, PE29] settings are saved as they are chosen, offline too, and hold for the teachers', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  const { page } = first;
  await begin(first, relay, space, { teachers: [luca] });
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await allSent(page);
  await first.cut();
  await openSettings(page);
  await page.getByRole('switch', { name: /Los docentes pueden añadir alumnos/ }).click();
  await expect(page.getByRole('switch', { name: /Los docentes pueden añadir alumnos/ })).not.toBeChecked();
  await page.getByLabel(/la tableta pregunta/).selectOption({ label: '5 minutos' });
  await page.getByLabel('Añadir un idioma').selectOption({ label: 'Italiano' });
  await page.getByRole('button', { name: 'Subir Italiano' }).click();
  await page.getByRole('button', { name: 'Subir Italiano' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Italiano' })).toContainText('primero');
  await page.getByRole('button', { name: 'Quitar Inglés' }).click();
  await page.getByLabel('Nombre del TwinSpace').fill('Ríos y mares');
  await page.getByRole('button', { name: 'Cambiar el nombre' }).click();
  await expect(page.getByRole('button', { name: 'Cambiar el nombre' })).toBeDisabled();
  await first.mend();
  await allSent(page);
  await page.reload();
  await expect(page.getByLabel('Nombre del TwinSpace')).toHaveValue('Ríos y mares');
  await expect(page.getByLabel(/la tableta pregunta/)).toHaveValue('5');

  // For a teacher they are greyed, with who may; and adding is off.
  await expect(second.page.getByRole('heading', { name: 'Ríos y mares', level: 1 })).toBeVisible();
  await openSettings(second.page);
  await expect(
    second.page.getByRole('switch', { name: /Los docentes pueden añadir alumnos/ })
  ).toHaveAttribute('aria-disabled', 'true');
  await expect(second.page.getByRole('switch').first()).toHaveAccessibleDescription(
    /Puede hacerlo: Marta Ruiz/
  );
  await openMembers(second.page);
  await expect(second.page.getByRole('button', { name: 'Añadir / invitar miembros' })).toHaveAttribute(
    'aria-disabled',
    'true'
  );
});

test('[SG3, G7] the screens of a pupil who has not chosen a language begin with the TwinSpace’s first', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [angel] });
  await openSettings(page);
  await page.getByRole('button', { name: 'Subir Inglés' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Inglés' })).toContainText('primero');
  await allSent(page);
  // The teacher's own screens stay as they are.
  await expect(page.getByRole('heading', { name: 'Ajustes' })).toBeVisible();
  const own = await tablet();
  await signIn(own.page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await expect(own.page.getByRole('heading', { name: 'Who is here' })).toBeVisible();
});

test('[SP4, SP5, SP6, MM6] archived: a calm banner, nothing can be changed but what is about accounts; and opened again', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [angel] });
  await openSettings(page);
  await page.getByRole('button', { name: 'Archivar este TwinSpace' }).click();
  // First which tablets still have work to send: none has.
  await expect(page.getByRole('dialog')).toContainText('Tabletas con trabajo sin enviar');
  await expect(page.getByRole('dialog')).toContainText('Ninguna, según lo que dijo cada una');
  await page.getByRole('dialog').getByRole('button', { name: 'Archivar este TwinSpace' }).click();
  await expect(page.getByText(/^Archivado el/).first()).toBeVisible();
  await allSent(page);
  await openMembers(page);
  await expect(page.getByText(/^Archivado el/)).toBeVisible();
  await page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' }).click();
  for (const name of [/Editar acceso/, /Eliminar/])
    await expect(page.getByRole('menuitem', { name })).toContainText('está archivado');
  await expect(page.getByRole('menuitem', { name: /Cambiar contraseña/ })).not.toContainText('archivado');
  await page.keyboard.press('Escape');
  // A password can still be given.
  await openMemberMenu(page, 'Ángel CanoRobles', 'Cambiar contraseña');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Contraseña', { exact: true }).fill('nube4barco');
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(dialog.getByText('Dásela ahora')).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await openSettings(page);
  await page.getByRole('button', { name: 'Reabrir este TwinSpace' }).click();
  await expect(page.getByText(/^Archivado el/)).toHaveCount(0);
  await allSent(page);
});

test('[ME8, MM2, AC9] leaving: not the last administrator, who is told why; a teacher hands own pupils over first', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space);
  const link = await inviteTeacher(first.page, 'Luca');
  await allSent(first.page);
  await openSettings(first.page);
  await expect(first.page.getByRole('button', { name: 'Dejar el TwinSpace' })).toHaveAttribute(
    'aria-disabled',
    'true'
  );
  await expect(first.page.getByText('se quedaría sin docente administrador').first()).toBeVisible();

  await accept(second, link, luca);
  const { page } = second;
  await addPupil(page, { given: 'Giulia', family: 'Neri', password: 'gatto4sole' });
  await openSettings(page);
  await expect(page.getByText('Tienes 1 alumno a tu cargo')).toBeVisible();
  await page.getByRole('button', { name: 'Pasarlos antes' }).click();
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /Marta Ruiz/ })
    .check();
  await page.getByRole('dialog').getByRole('button', { name: 'Pasar', exact: true }).click();
  await expect(page.getByText('Tienes 1 alumno a tu cargo')).toHaveCount(0);
  await page.getByRole('button', { name: 'Dejar el TwinSpace' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dejar el TwinSpace' }).click();
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
  await expect(page.getByRole('link', { name: new RegExp(space) })).toHaveCount(0);
  await allSent(page);

  await openMembers(first.page);
  await expect(memberRow(first.page, 'giulia.neri.1')).toBeVisible();
  await first.page.getByText('Eliminados: 1').click();
  await first.page.getByRole('button', { name: 'Recuperar' }).click();
  await expect(memberRow(first.page, 'luca.bianchi.1')).toBeVisible();
  await allSent(first.page);
});

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

import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { angel, luca, marta, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';
import { fromMenu, toPlace } from './support/steps.ts';

const settings = `/space/${rios}/settings`;
const mayAdd = /Los docentes pueden añadir alumnos/;

test('[SG1, SG2, SG3, SP3, PE3] settings are saved as they are chosen, without a network', async () => {
  await sit(marta, riosDeEuropa(), settings);
  await page.getByRole('switch', { name: mayAdd }).click();
  await expect.element(page.getByRole('switch', { name: mayAdd })).not.toBeChecked();
  await page.getByLabelText(/la tableta pregunta/).selectOptions('5 minutos');
  await page.getByLabelText('Añadir un idioma').selectOptions('Italiano');
  await page.getByRole('button', { name: 'Subir Italiano' }).click();
  await page.getByRole('button', { name: 'Subir Italiano' }).click();
  await expect
    .element(page.getByRole('listitem').filter({ hasText: 'Italiano' }))
    .toMatchTextContent('primero');
  await page.getByRole('button', { name: 'Quitar Inglés' }).click();
  await page.getByLabelText('Nombre del TwinSpace').fill('Ríos y mares');
  await page.getByRole('button', { name: 'Cambiar el nombre' }).click();
  await expect.element(page.getByRole('button', { name: 'Cambiar el nombre' })).toBeDisabled();
  await toPlace('TwinSpace');
  await expect.element(page.getByRole('heading', { name: 'Ríos y mares', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await expect.element(page.getByLabelText(/la tableta pregunta/)).toHaveValue('5');
});

test('[SG3, PE3, PE29] for a teacher settings are greyed, with who may; what they switch off is greyed elsewhere', async () => {
  const world = riosDeEuropa();
  world.do(marta, 'settings.set', { settings: { teachersAddPupils: false } });
  await sit(luca, world, settings);
  const mine = page.getByRole('switch', { name: mayAdd });
  await expect.element(mine).toHaveAttribute('aria-disabled', 'true');
  await expect.element(mine).toHaveAccessibleDescription(/Quién puede: Marta Ríos/);
  await toPlace('Miembros');
  const add = page.getByRole('button', { name: 'Añadir / invitar miembros' });
  await expect.element(add).toHaveAttribute('aria-disabled', 'true');
});

test('[SG3, G7] the screens of a pupil who has not chosen a language begin with the TwinSpace’s first', async () => {
  const world = riosDeEuropa();
  world.do(marta, 'settings.set', { settings: { languages: ['en', 'es'] } });
  await sit(angel, world, `/space/${rios}`);
  await expect.element(page.getByRole('heading', { name: 'Who is here' })).toBeVisible();
});

test('[SP4, SP5, SP6, MM6] archived: a calm banner, nothing can be changed but what is about accounts; and opened again', async () => {
  await sit(marta, riosDeEuropa(), settings);
  await page.getByRole('button', { name: 'Archivar este TwinSpace' }).click();
  // First which tablets still have work to send: none has.
  const dialog = page.getByRole('dialog');
  await expect.element(dialog).toMatchTextContent('Tabletas con trabajo sin enviar');
  await dialog.getByRole('button', { name: 'Archivar este TwinSpace' }).click();
  await expect.element(page.getByText(/^Archivado el/).first()).toBeVisible();
  await toPlace('Miembros');
  await expect.element(page.getByText(/^Archivado el/)).toBeVisible();
  await page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' }).click();
  for (const name of ['Editar acceso', 'Eliminar'])
    await expect.element(page.getByRole('menuitem', { name })).toMatchTextContent('está archivado');
  await expect
    .element(page.getByRole('menuitem', { name: 'Cambiar contraseña' }))
    .not.toMatchTextContent('archivado');
  await userEvent.keyboard('{Escape}');
  // A password can still be given.
  await fromMenu('Ángel CanoRobles', 'Cambiar contraseña');
  await dialog.getByLabelText('Contraseña', { exact: true }).fill('nube4barco');
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect.element(dialog.getByText('Dásela ahora')).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await toPlace('TwinSpace');
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByRole('button', { name: 'Reabrir este TwinSpace' }).click();
  await expect.element(page.getByText(/^Archivado el/)).not.toBeInTheDocument();
});

test('[ME8, MM2] the last administrator cannot leave, and is told why', async () => {
  await sit(marta, riosDeEuropa(), settings);
  const leave = page.getByRole('button', { name: 'Dejar el TwinSpace' });
  await expect.element(leave).toHaveAttribute('aria-disabled', 'true');
  await expect.element(page.getByText('se quedaría sin docente administrador').first()).toBeVisible();
});

test('[ME8, AC9] a teacher who leaves hands own pupils over first', async () => {
  await sit(luca, riosDeEuropa(), settings);
  await expect.element(page.getByText('Tienes 1 alumno a tu cargo')).toBeVisible();
  await page.getByRole('button', { name: 'Pasarlos antes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /Marta Ríos/ }).click();
  await dialog.getByRole('button', { name: 'Pasar', exact: true }).click();
  await expect.element(page.getByText('Tienes 1 alumno a tu cargo')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Dejar el TwinSpace' }).click();
  await dialog.getByRole('button', { name: 'Dejar el TwinSpace' }).click();
  await expect.element(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: /Ríos de Europa/ })).not.toBeInTheDocument();
});

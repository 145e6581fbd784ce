import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { angel, luca, marta } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';

const space = 'Ríos de Europa';

test('[MY1, AC8] a teacher mends their own names; the name that is shown is for the administrators', async () => {
  await sit(luca, riosDeEuropa(), '/account');
  await page.getByRole('button', { name: 'Cambiar mis datos' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabelText('Apellidos').fill('Fiume Verdi');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await dialog.getByRole('button', { name: 'Fiume-Verdi' }).click();
  await dialog.getByLabelText('Centro').fill('Liceo Arno');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect.element(page.getByText('Fiume-Verdi')).toBeVisible();
  await expect.element(page.getByText('Liceo Arno')).toBeVisible();
  const shown = page.getByRole('button', { name: `Cambiar el nombre en ${space}` });
  await expect.element(shown).toHaveAttribute('aria-disabled', 'true');
  shown.element().focus();
  await expect.element(page.getByText(/Tu nombre aquí lo puede cambiar: Marta Ríos/)).toBeVisible();
});

test('[MY1, AC8] an administrator changes the name under which they are seen', async () => {
  await sit(marta, riosDeEuropa(), '/account');
  await page.getByRole('button', { name: `Cambiar el nombre en ${space}` }).click();
  await page.getByRole('dialog').getByLabelText('Nombre que se ve').fill('Marta R.');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await expect.element(page.getByText('Aquí te ven como Marta R.')).toBeVisible();
});

test('[MY6] without a network one’s own devices cannot be seen, and that is said', async () => {
  await sit(marta, riosDeEuropa(), '/account');
  const list = page.getByRole('region', { name: 'Mis dispositivos' });
  await expect.element(list.getByText(/Sin conexión no se pueden ver/)).toBeVisible();
});

test('[MY1, MY5] a pupil sees who gives the password and who changes the names, and no list of devices', async () => {
  await sit(angel, riosDeEuropa(), '/account', marta.device);
  await expect.element(page.getByText(/pide otra a: Marta Ríos/).first()).toBeVisible();
  await expect.element(page.getByText('Tus datos los puede cambiar: Marta Ríos').first()).toBeVisible();
  const change = page.getByRole('button', { name: 'Cambiar mi contraseña' });
  await expect.element(change).toHaveAttribute('aria-disabled', 'true');
  await expect.element(page.getByText('Este dispositivo no es tuyo')).toBeVisible();
});

test('[MY5] the screen for another password says to a pupil who gives it', async () => {
  await sit(angel, riosDeEuropa(), '/account/password');
  await expect.element(page.getByText(/te la dan tus docentes/)).toBeVisible();
  await expect.element(page.getByLabelText('Contraseña de ahora')).not.toBeInTheDocument();
});

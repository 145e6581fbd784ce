import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { angel, luca, marta } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { password, sit } from './support/seat.ts';
import { focus } from './support/steps.ts';

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
  await focus(shown);
  await expect.element(page.getByText(/Quién puede cambiar tu nombre aquí: Marta Ríos/)).toBeVisible();
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
  await expect.element(page.getByText('Quién puede cambiar tus datos: Marta Ríos').first()).toBeVisible();
  const change = page.getByRole('button', { name: 'Cambiar mi contraseña' });
  await expect.element(change).toHaveAttribute('aria-disabled', 'true');
  await expect.element(page.getByText('Este dispositivo no es tuyo')).toBeVisible();
});

test('[MY5] the screen for another password says to a pupil who gives it', async () => {
  await sit(angel, riosDeEuropa(), '/account/password');
  await expect.element(page.getByText(/te la dan tus docentes/)).toBeVisible();
  await expect.element(page.getByLabelText('Contraseña de ahora')).not.toBeInTheDocument();
});

test('[KE13] whoever says that somebody knew the password is told that the classroom password fell with it, until there is another', async () => {
  await sit(marta, riosDeEuropa(), '/account');
  const twice = async (text: string): Promise<void> => {
    await page.getByLabelText('Contraseña nueva', { exact: true }).fill(text);
    await page.getByLabelText('Repite la contraseña', { exact: true }).fill(text);
  };
  const makeForTheClass = async (text: string): Promise<void> => {
    await page.getByRole('button', { name: 'Crear la contraseña de aula' }).click();
    await twice(text);
    await page.getByRole('dialog').getByRole('button', { name: 'Crear la contraseña de aula' }).click();
    await expect.element(page.getByText('Ya tienes una.')).toBeVisible();
  };
  await makeForTheClass('pizarra verde 6');

  await page.getByRole('link', { name: 'Cambiar mi contraseña' }).click();
  await page.getByLabelText('Contraseña de ahora').fill(password);
  await page.getByRole('checkbox', { name: /Alguien más sabe/ }).click();
  await twice('otra contraseña larga');
  await page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect.element(page.getByText('Tu contraseña de aula tampoco vale ya')).toBeVisible();
  await page.getByLabelText('Lo he guardado en un lugar seguro').click();
  await page.getByRole('button', { name: 'Continuar' }).click();

  const fell = page.getByText(/^Tu contraseña de aula ya no vale desde el/);
  await expect.element(fell).toBeVisible();
  await makeForTheClass('tiza azul 9');
  await expect.element(fell).not.toBeInTheDocument();
});

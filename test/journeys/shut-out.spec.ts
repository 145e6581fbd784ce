import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { allSent, signIn } from '../support/steps.ts';
import { rowsOf } from '../support/tablet-rows.ts';
import { openDevices, teacherIn } from '../support/tablet-steps.ts';

const fresh = 'nadie más la sabe 8';

/** What the relay tells this tab's device, asked past the app. */
async function told(page: Page): Promise<{ rooms: unknown[]; credentials: unknown[]; found: number }> {
  return page.evaluate(async () => {
    const report = (await (await fetch('/api/device')).json()) as {
      rooms: unknown[];
      credentials: unknown[];
    };
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ username: 'nadie.nadie.1' });
    const found = await fetch('/api/accounts/find', { method: 'POST', headers, body });
    return { ...report, found: found.status };
  });
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Mi cuenta' }).first().click();
  await expect(page.getByRole('heading', { name: 'Mis dispositivos' })).toBeVisible();
}

test('[SI12, SI13, MY10] a thief who knew the password once is cut off when the teacher says so: the tab says why, and gets nothing any more', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/status of 403/);
  const made = await school(relay.address, relay.setupPath, 3);
  const [home, thief] = [await tablet(), await tablet()];
  const page = await teacherIn(home, made);
  await teacherIn(thief, made);
  await allSent(thief.page);

  await openAccount(page);
  await page.getByRole('link', { name: 'Cambiar mi contraseña' }).click();
  await page.getByLabel('Contraseña de ahora').fill(made.teacher.password);
  await page.getByRole('checkbox', { name: /Alguien más sabe/ }).check();
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(fresh);
  await page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect(page.getByText('Tus otros dispositivos piden la contraseña nueva.')).toBeVisible();
  await page.getByLabel('Lo he guardado en un lugar seguro').check();
  await page.getByRole('button', { name: 'Continuar' }).click();

  await expect(thief.page.getByText(/contraseña ha cambiado/i)).toBeVisible();
  for (const table of ['keys', 'documents', 'updates', 'sessions'])
    await expect.poll(() => rowsOf(thief.page, table)).toEqual([]);
  const { rooms, credentials, found } = await told(thief.page);
  expect([rooms, credentials, found]).toEqual([[], [], 403]);
  await signIn(thief.page, '/login', made.teacher.username, made.teacher.password);
  await expect(thief.page.getByText('El usuario o la contraseña no son correctos').first()).toBeVisible();

  // Whoever shows the new one is in again, on that very device.
  await thief.page.getByLabel('Contraseña', { exact: true }).fill(fresh);
  await thief.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(thief.page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
});

test('[MY6, MY9, MY10, TB16] a teacher sees their own devices, by days, and signs out on all others without a network; an administrator sees whose devices there are', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/status of 403/);
  const made = await school(relay.address, relay.setupPath, 3);
  const [home, left] = [await tablet(), await tablet()];
  const page = await teacherIn(home, made);
  await teacherIn(left, made);
  await openDevices(page);
  const rows = page.getByRole('list').filter({ hasText: 'último contacto' }).getByRole('listitem');
  await expect(rows.filter({ hasText: made.teacher.display })).not.toHaveCount(0);

  await openAccount(page);
  const own = page.getByRole('region', { name: 'Mis dispositivos' });
  // These two, and the one on which all was prepared the day before.
  await expect(own.getByRole('listitem')).toHaveCount(3);
  await expect(own.getByText('Este dispositivo')).toBeVisible();
  await expect(own.getByText(/\d\d:\d\d/)).toHaveCount(0);
  await home.cut();
  await page.getByRole('button', { name: 'Cerrar la sesión en todos los demás' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar la sesión' }).click();
  await expect(
    page.getByText(/sesión en los demás dispositivos se cerrará cuando haya conexión/).first()
  ).toBeVisible();
  await home.mend();
  await allSent(page);

  await expect(left.page.getByText(/ya no tienes la sesión abierta/)).toBeVisible();
  expect((await told(left.page)).rooms).toEqual([]);
  await signIn(left.page, '/login', made.teacher.username, made.teacher.password);
  await expect(left.page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
});

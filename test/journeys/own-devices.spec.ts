import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { addPupil, allSent, openSpace, signIn } from '../support/steps.ts';
import { rowsOf, unsent } from '../support/tablet-rows.ts';
import { teacherIn } from '../support/tablet-steps.ts';

/** Opens *Mi cuenta*; the rows of one's devices. */
async function myDevices(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Mi cuenta' }).first().click();
  const rows = page.getByRole('list').filter({ hasText: 'Último contacto' }).getByRole('listitem');
  await expect(rows.first()).toBeVisible();
  return rows;
}

test('[TB8, TB7, ER1] a teacher names their devices and, from home, retires the one that was lost: it can neither read nor send, and keeps what it had not sent', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/status of 403/);
  const made = await school(relay.address, relay.setupPath, 3);
  const [home, lost] = [await tablet(), await tablet()];
  const page = await teacherIn(home, made);
  await teacherIn(lost, made);
  await myDevices(lost.page);
  await lost.page.getByRole('button', { name: 'Este dispositivo: opciones' }).click();
  await lost.page.getByRole('menuitem', { name: 'Cambiar el nombre' }).click();
  await lost.page.getByRole('dialog').getByRole('textbox').fill('Portátil de la sala');
  await lost.page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await expect(lost.page.getByRole('dialog')).toHaveCount(0);
  await allSent(lost.page);
  await lost.cut();
  await openSpace(lost.page, made.name);
  await addPupil(lost.page, { given: 'Zoé', family: 'Roth', password: 'luna7tigre' });
  expect(await unsent(lost.page)).toBeGreaterThan(0);

  const named = (await myDevices(page)).filter({ hasText: 'Portátil de la sala' });
  await named.getByRole('button', { name: 'Portátil de la sala: opciones' }).click();
  await page.getByRole('menuitem', { name: 'Retirar' }).click();
  await expect(page.getByRole('dialog')).toContainText('borrará lo guardado cuando se conecte');
  await page.getByRole('dialog').getByRole('button', { name: 'Retirar' }).click();
  await expect(named).toHaveCount(0);
  await allSent(page);

  await lost.mend();
  await expect(lost.page.getByText('Este dispositivo se ha retirado').first()).toBeVisible();
  for (const table of ['keys', 'documents', 'updates', 'sessions'])
    await expect.poll(() => rowsOf(lost.page, table)).toEqual([]);
  expect(await unsent(lost.page)).toBeGreaterThan(0);
  // The password is its owner's still: with it the device is taken in again, and nothing that waited has gone through.
  await signIn(lost.page, '/login', made.teacher.username, made.teacher.password);
  await expect(lost.page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
});

import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  openTray,
  addPupil,
  allSent,
  luca,
  memberRow,
  openMembers,
  openSpace,
  signIn,
  signOut
} from '../support/steps.ts';
import { rowsOf } from '../support/tablet-rows.ts';
import { tellOfOneself } from '../support/tablet-steps.ts';

test('[AD1, AD2, AD3, BK1, BK2] what was refused to a teacher is taken over by an administrator, with all that fell with it', async ({
  relay,
  tablet
}) => {
  const [desk, his] = [await tablet(), await tablet()];
  const { page } = desk;
  await begin(desk, relay, 'Ríos de Europa', { teachers: [luca] });
  await enter(his, 'luca.bianchi.1', luca.password, 'Ríos de Europa');
  await allSent(page);

  // Luca adds a pupil without a network, who writes something at once; meanwhile teachers may not add any more.
  await his.cut();
  const username = await addPupil(his.page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  await signOut(his.page);
  await signIn(his.page, '/pupil-login', username, 'tigre7luna');
  await tellOfOneself(his.page, 'Soy Ana');
  await signOut(his.page);
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByRole('switch', { name: /Los docentes pueden añadir alumnos/ }).click();
  await expect(page.getByText('Guardado.').first()).toBeVisible();
  await allSent(page);
  await his.mend();
  await expect.poll(async () => (await rowsOf(his.page, 'tray')).length).toBeGreaterThan(1);

  // Luca saves it to a file, Marta loads that on her own device.
  await signIn(his.page, '/login', 'luca.bianchi.1', luca.password);
  await his.page.waitForURL(/\/space/);
  await his.page.goto('/device');
  const downloading = his.page.waitForEvent('download');
  await his.page.getByRole('button', { name: 'Guardar en un archivo' }).click();
  const file = await (await downloading).path();
  await page.goto('/device');
  await page.getByLabel('Cargar un archivo').setInputFiles(file);
  await expect.poll(async () => (await rowsOf(page, 'tray')).length).toBeGreaterThan(1);

  await openTray(page);
  const refused = page.getByRole('article', { name: /Añadir a Ana Uno/ });
  await refused.getByRole('button', { name: 'Asumirlo en mi nombre' }).click();
  await expect(page.getByText('Has asumido 2 cambios en tu nombre.').first()).toBeVisible();
  await page.goto('/spaces');
  await openSpace(page, 'Ríos de Europa');
  await openMembers(page);
  await expect(memberRow(page, 'Ana Uno')).toContainText('ana.uno.1');
});

import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  openTray,
  angel,
  addPupil,
  allSent,
  changeRole,
  luca,
  memberRow,
  openMembers
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[TR1, TR2, TR3, TR4, G10, G12] what an administrator did offline after losing the role is in the tray, the rest is accepted', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { teachers: [luca], pupils: [angel] });
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await allSent(first.page);

  // Luca becomes an administrator, goes offline, changes a role and adds a pupil.
  await changeRole(first.page, 'Luca Bianchi', 'Docente administrador');
  await allSent(first.page);
  await openMembers(second.page);
  await expect(memberRow(second.page, 'Luca Bianchi')).toContainText('Docente administrador');
  await second.cut();
  await changeRole(second.page, 'Ángel CanoRobles', 'Alumno administrador');
  await addPupil(second.page, { given: 'Giulia', family: 'Neri', password: 'gatto4sole' });

  // Meanwhile Marta takes the administration away.
  await changeRole(first.page, 'Luca Bianchi', 'Docente');
  await allSent(first.page);
  await second.mend();

  const { page } = second;
  await expect(page.getByText('1 rechazado').first()).toBeVisible();
  await openMembers(first.page);
  await expect(memberRow(first.page, 'Giulia Neri')).toContainText('giulia.neri.1');
  await expect(memberRow(first.page, 'Ángel CanoRobles')).not.toContainText('administrador');

  await openTray(page);
  const refused = page.getByRole('article', { name: 'Cambiar la función de Ángel CanoRobles' });
  await expect(refused).toContainText('administrador');
  const kept = page.waitForEvent('download');
  await refused.getByRole('button', { name: 'Guardar una copia' }).click();
  expect((await kept).suggestedFilename()).toMatch(/^twinspace-member\.role-.*\.json$/);
  await refused.getByRole('button', { name: 'Descartar' }).click();
  await expect(refused).toHaveCount(0);
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(refused).toBeVisible();
  await refused.getByRole('button', { name: 'Intentar otra vez' }).click();
  await expect(refused.getByRole('alert')).toBeVisible();

  // Once Luca is an administrator again and has heard of it, the same change goes through: once, however often one taps.
  await changeRole(first.page, 'Luca Bianchi', 'Docente administrador');
  await openMembers(page);
  await expect(memberRow(page, 'Luca Bianchi')).toContainText('Docente administrador');
  await openTray(page);
  await refused.getByRole('button', { name: 'Intentar otra vez' }).dblclick();
  await expect(refused).toHaveCount(0);
  await allSent(page);
  const arrived = page.getByRole('listitem').filter({ hasText: 'Cambiar la función de Ángel CanoRobles' });
  await expect(arrived).toHaveCount(1);
  await expect(memberRow(first.page, 'Ángel CanoRobles')).toContainText('Alumno administrador');
});

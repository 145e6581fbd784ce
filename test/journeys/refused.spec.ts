import { expect, test } from '../support/journey.ts';
import {
  accept,
  addPupil,
  allSent,
  changeRole,
  found,
  inviteTeacher,
  luca,
  marta,
  memberRow,
  openMembers,
  openSpace
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[TR1, TR2, TR3, TR4, G10, G12] what an administrator did offline after losing the role is in the tray, the rest is accepted', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await found(first, relay.setupPath, marta, space);
  await openSpace(first.page, space);
  const link = await inviteTeacher(first.page, 'Luca');
  await addPupil(first.page, { given: 'Ángel', family: 'CanoRobles', password: 'tigre7luna' });
  await allSent(first.page);
  await accept(second, link, luca);

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

  await page
    .getByRole('navigation', { name: 'Secciones' })
    .getByRole('link', { name: /Bandeja/ })
    .click();
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

  // Once Luca is an administrator again, the same change goes through.
  await changeRole(first.page, 'Luca Bianchi', 'Docente administrador');
  await expect
    .poll(async () => {
      if (await refused.isVisible()) await refused.getByRole('button', { name: 'Intentar otra vez' }).click();
      return refused.count();
    })
    .toBe(0);
  await expect(memberRow(first.page, 'Ángel CanoRobles')).toContainText('Alumno administrador');
});

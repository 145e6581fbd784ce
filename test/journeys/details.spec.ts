import type { Page } from '@playwright/test';
import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  angel,
  allSent,
  changeRole,
  luca,
  memberRow,
  openMembers,
  openMemberMenu,
  openSpace,
  signIn
} from '../support/steps.ts';

const space = 'Ríos de Europa';

/** Opens one of the two parts of a member's details. */
async function openDetails(page: Page, name: string, part: 'En este TwinSpace' | 'La cuenta') {
  await openMembers(page);
  await openMemberMenu(page, name, 'Editar datos');
  return page.getByRole('dialog').getByRole('region', { name: part });
}

async function save(page: Page, part: Awaited<ReturnType<typeof openDetails>>): Promise<void> {
  await part.getByRole('button', { name: 'Guardar' }).first().click();
  await expect(part.getByText('Guardado').first()).toBeVisible();
  await page.keyboard.press('Escape');
}

test('[G12, G10, G9, MM2, MM3, AC8, ME2, ME4, ME5] two administrators edit the same pupil offline, one the names, the other the school: both hold; promoted, demoted and removed in one offline afternoon, and the last administrator is told why before trying', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { teachers: [luca], pupils: [angel] });
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await allSent(first.page);
  await changeRole(first.page, 'Luca Bianchi', 'Docente administrador');
  await allSent(first.page);
  await openMembers(second.page);
  await expect(memberRow(second.page, 'Luca Bianchi')).toContainText('Docente administrador');
  await first.cut();
  await second.cut();

  // Marta mends the family name, with the repair of G4, and the name that is shown.
  const here = await openDetails(first.page, 'Ángel CanoRobles', 'En este TwinSpace');
  await here.getByLabel('Nombre que se ve').fill('Ángel C.');
  await save(first.page, here);
  const names = await openDetails(first.page, 'Ángel C.', 'La cuenta');
  await names.getByLabel('Apellidos').fill('Cano Robles Díez');
  await names.getByRole('button', { name: 'Cano-Robles-Díez' }).click();
  await save(first.page, names);
  // Luca writes the school.
  const school = await openDetails(second.page, 'Ángel CanoRobles', 'La cuenta');
  await school.getByLabel('Centro').fill('CEIP Duero');
  await save(second.page, school);

  await first.mend();
  await second.mend();
  for (const { page } of [first, second]) {
    await allSent(page);
    await openMembers(page);
    await openMemberMenu(page, 'Ángel C.', 'Contacto');
    const card = page.getByRole('dialog');
    await expect(card).toContainText('Cano-Robles-Díez');
    await expect(card).toContainText('CEIP Duero');
    await expect(card).toContainText('angel.canorobles.1');
    await page.keyboard.press('Escape');
  }

  // Another afternoon: Marta is the only administrator again, and the pupil is signed in elsewhere.
  const { page } = first;
  const third = await tablet();
  await openMembers(page);
  await changeRole(page, 'Luca Bianchi', 'Docente');
  await allSent(page);
  await signIn(third.page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await openSpace(third.page, space);
  await openMembers(third.page);
  // A child finds the card alone, and only of teachers.
  await third.page.getByRole('button', { name: 'Opciones de Marta Ruiz' }).click();
  await expect(third.page.getByRole('menuitem')).toHaveText([/Contacto/]);
  await third.page.keyboard.press('Escape');

  await first.cut();
  await openMembers(page);
  await openMemberMenu(page, 'Marta Ruiz', 'Editar acceso');
  const pupilRole = page.getByRole('dialog').getByRole('radio', { name: 'Docente', exact: true });
  await expect(pupilRole).toBeDisabled();
  await expect(page.getByRole('dialog')).toContainText('se quedaría sin docente administrador');
  await page.keyboard.press('Escape');

  await changeRole(page, 'Ángel C.', 'Alumno administrador');
  await changeRole(page, 'Ángel C.', 'Alumno');
  await openMemberMenu(page, 'Ángel C.', 'Eliminar');
  await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
  await expect(memberRow(page, 'angel.canorobles.1')).toHaveCount(0);
  await first.mend();
  await allSent(page);
  // Removed here while signed in there: the TwinSpace is gone from that screen, nothing else happens.
  await expect(third.page.getByRole('heading', { name: 'No estás en este TwinSpace' })).toBeVisible();
});

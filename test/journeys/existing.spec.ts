import { begin } from '../support/begin.ts';
import { expect, test, type Tablet } from '../support/journey.ts';
import type { RelayProcess } from '../support/relay-process.ts';
import {
  angel,
  allSent,
  memberRow,
  openAddMembers,
  openMembers,
  openMemberMenu,
  openSpace,
  signIn
} from '../support/steps.ts';

const [rios, mares] = ['Ríos de Europa', 'Mares'];

/** Oksana founds a TwinSpace of her own, with a link that the technician made. */
async function second(tablet: () => Promise<Tablet>, relay: RelayProcess): Promise<Tablet> {
  const other = await tablet();
  const oksana = { given: 'Oksana', family: 'More', school: 'Liceu Mar', password: 'море та небо 2026' };
  await begin(other, relay, mares, { founder: oksana, setUpPath: relay.foundingPath() });
  return other;
}

/** MEMBERS → Add / invite members → Add existing pupils. */
async function openExisting({ page }: Tablet): Promise<void> {
  await openAddMembers(page);
  await page.getByRole('link', { name: 'Añadir alumnos existentes' }).click();
  await expect(page.getByRole('heading', { name: 'Añadir alumnos existentes' })).toBeVisible();
}

async function findByUsername({ page }: Tablet, username: string): Promise<void> {
  await page.getByLabel('Usuario exacto').fill(username);
  await page.getByRole('button', { name: 'Buscar' }).click();
}

test('[G11, JO3, JO6, JO7, JO8, RM11] an existing pupil of another school: found by the exact username, waits for the home’s yes, then signs in to both', async ({
  relay,
  tablet
}) => {
  // Three tablets and two TwinSpaces, from the first request to the last word: longer than other journeys.
  const home = await tablet();
  await begin(home, relay, rios, { pupils: [angel] });
  await allSent(home.page);
  const other = await second(tablet, relay);

  await openExisting(other);
  await findByUsername(other, 'angel.canorobles.9');
  await expect(other.page.getByText('No hay ningún alumno con ese usuario')).toBeVisible();
  await findByUsername(other, 'Angel.CanoRobles.1');
  // Username and school, no name: they share no TwinSpace.
  await expect(other.page.getByText('angel.canorobles.1')).toBeVisible();
  await expect(other.page.getByText('Ángel')).toHaveCount(0);
  await other.page.getByRole('radio', { name: /^Alumno administrador/ }).check();
  await other.page.getByLabel('Nombre que se verá aquí').fill('Á. C.');
  await other.page.getByRole('button', { name: 'Añadir al TwinSpace' }).click();
  await expect(other.page.getByText('Á. C. ya está en la lista')).toBeVisible();
  await openMembers(other.page);
  await expect(memberRow(other.page, 'Á. C.')).toContainText('Marta Ruiz');
  await allSent(other.page);

  // The pupil sees one TwinSpace only, until the home has said yes.
  const own = await tablet();
  await signIn(own.page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await expect(own.page.getByRole('link', { name: new RegExp(rios) })).toBeVisible();
  await expect(own.page.getByRole('link', { name: new RegExp(mares) })).toHaveCount(0);

  const { page } = home;
  await page.goto('/spaces');
  await openSpace(page, rios);
  await expect(page.getByText('Oksana More quiere añadir a Ángel CanoRobles a «Mares»')).toBeVisible();
  await page.getByRole('button', { name: 'Sí, puede' }).click();
  await expect(page.getByText('Ángel CanoRobles está en «Mares»')).toBeVisible();
  await allSent(page);

  // Both now, each with its own role; the same username and password.
  await own.page.getByRole('button', { name: `Cambiar de TwinSpace: ${rios}` }).click();
  await own.page.getByRole('link', { name: new RegExp(`^${mares}`) }).click();
  await expect(own.page.getByRole('heading', { name: mares, level: 1 })).toBeVisible();
  await expect(own.page.getByText(/alumno administrador/i).first()).toBeVisible();
  await expect(memberRow(other.page, 'Á. C.')).not.toContainText('Marta Ruiz');

  // And the home can end it.
  await page.getByRole('button', { name: 'Sacar de allí' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sacar de allí' }).click();
  await expect(page.getByText('Ángel CanoRobles está en «Mares»')).toHaveCount(0);
  await allSent(page);
  await expect(memberRow(other.page, 'Á. C.')).toHaveCount(0);
  await other.page
    .getByRole('navigation', { name: 'Secciones' })
    .getByRole('link', { name: 'TwinSpace' })
    .click();
  await expect(other.page.getByText('Á. C. no puede estar aquí')).toBeVisible();
  await other.page.getByRole('button', { name: 'Hecho' }).click();
  await expect(other.page.getByText('Á. C. no puede estar aquí')).toHaveCount(0);

  // Asked for once more, and taken back: nothing of it stays, on either side.
  await openExisting(other);
  await findByUsername(other, 'angel.canorobles.1');
  await other.page.getByRole('button', { name: 'Añadir al TwinSpace' }).click();
  await openMembers(other.page);
  await allSent(other.page);
  await expect(page.getByText(/quiere añadir a Ángel CanoRobles/)).toBeVisible();
  await openMemberMenu(other.page, 'A. C.', 'Eliminar');
  await other.page.getByRole('dialog').getByRole('button', { name: 'Retirar la petición' }).click();
  await expect(memberRow(other.page, 'A. C.')).toHaveCount(0);
  await allSent(other.page);
  await expect(page.getByText(/quiere añadir a Ángel CanoRobles/)).toHaveCount(0);
});

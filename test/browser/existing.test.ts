import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { plusDays } from '#lib/domain/dates.ts';
import { giulia, invitationId, luca, mares, oksana, person, secretHash } from '../support/cast.ts';
import { twoSpaces, type World } from '../support/world.ts';
import { sit } from './support/seat.ts';
import { toPlace } from './support/steps.ts';

const roths = ['Ada', 'Ben', 'Cleo'].map((given) => person(given, 'Roth', `${given.toLowerCase()}.roth.1`));

/** Luca has pupils of his own in "Ríos de Europa", and comes to "Mares" with the account that he has. */
function lucaInBoth(): World {
  const world = twoSpaces();
  for (const pupil of [giulia, ...roths]) world.addPupil(pupil, luca);
  const there = { space: mares } as const;
  const secret = secretHash('mares');
  const invitation = invitationId('mares');
  const link = { invitation, role: 'teacher', label: '', secretHash: secret } as const;
  world.do(oksana, 'invitation.create', { ...link, expires: plusDays(world.now, 7) }, there);
  world.do(luca, 'invitation.accept', { invitation, display: 'Luca Fiume' }, { ...there, secret });
  return world;
}

async function findByUsername(usernames: string): Promise<void> {
  await page.getByLabelText('Usuario exacto').fill(usernames);
  await page.getByRole('button', { name: 'Buscar' }).click();
}

test('[G11, JO1, JO2] a teacher in two TwinSpaces finds their own pupil by name, without a network; the form for a new pupil says so, too', async () => {
  await sit(luca, lucaInBoth(), `/space/${mares}/members/add/existing`);
  await page.getByLabelText('Nombre o usuario').fill('giulia');
  await expect.element(page.getByRole('button', { name: 'Elegir a Giulia B' })).toBeVisible();

  // The second answer of Verify.
  await toPlace('Miembros');
  await page.getByRole('link', { name: 'Añadir / invitar miembros' }).click();
  await page.getByRole('link', { name: /^Añadir alumnos(?! existentes)/ }).click();
  await page.getByLabelText('Nombre', { exact: true }).fill('Giulia');
  await page.getByLabelText('Apellidos').fill('B');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await expect.element(page.getByText('giulia.b.2')).toBeVisible();
  await expect.element(page.getByText('Giulia B ya es alumno tuyo en Ríos de Europa')).toBeVisible();
  await page.getByRole('link', { name: 'Añadir aquí' }).click();
  await expect.element(page.getByText('Alumno o alumna a tu cargo')).toBeVisible();
  await page.getByRole('button', { name: 'Añadir al TwinSpace' }).click();
  await expect.element(page.getByText('Giulia B ya está en la lista')).toBeVisible();
  await expect.element(page.getByText('Entra con el usuario y la contraseña de siempre.')).toBeVisible();
});

test('[G11, JO9, JO10] several together: by ticks among one’s own, by a paste in which somebody is here already', async () => {
  await sit(luca, lucaInBoth(), `/space/${mares}/members/add/existing`);
  await page.getByRole('checkbox', { name: /Ada Roth/ }).click();
  await page.getByRole('checkbox', { name: /Ben Roth/ }).click();
  await page.getByRole('button', { name: 'Seguir con 2' }).click();
  await page.getByRole('button', { name: 'Añadir a 2 alumnos' }).click();
  await expect.element(page.getByText('2 alumnos ya están en la lista')).toBeVisible();
  await page.getByRole('button', { name: 'Añadir a otra persona' }).click();
  await findByUsername('ada.roth.1 cleo.roth.1');
  await expect.element(page.getByText('Ya es miembro de este TwinSpace.')).toBeVisible();
  await page.getByRole('button', { name: 'Añadir a 1 alumno' }).click();
  await expect.element(page.getByText('1 alumno ya está en la lista')).toBeVisible();
});

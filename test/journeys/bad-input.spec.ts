import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { allSent, marta, openNewPupil, signIn, signOut } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[NA1, NA3, NA4, NA5, G4] names that cannot be are refused as they are typed, in words that say what to do', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await openNewPupil(page);
  await page.getByLabel('Nombre', { exact: true }).fill('Ana');
  const family = page.getByLabel('Apellidos');
  for (const bad of [
    '12345',
    'a'.repeat(200),
    'Luz🙂',
    'Cano‮Robles',
    '-Cano',
    'Cano Robles',
    'Cano.Robles'
  ]) {
    await family.fill(bad);
    await family.blur();
    await expect(family, bad).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: 'Verificar' }).click();
    await expect(page.getByRole('button', { name: 'Invitar' })).toHaveCount(0);
  }
  // Other scripts are written in Latin letters; a name of emoji alone cannot be.
  await page.getByLabel('Nombre', { exact: true }).fill('Ελένη');
  await family.fill('Щукина');
  await expect(family).not.toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await expect(page.getByRole('status').getByText(/^[a-z]+\.[a-z]+\.1$/)).toBeVisible();
});

test('[SE4, GA12] a tablet whose clock is years off loses nothing and gains nothing', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await allSent(page);
  await desk.cut();
  // Years ahead: the sealed key does not open without the relay, and the screen says what to do.
  await page.clock.setFixedTime(new Date('2035-01-01T10:00:00'));
  await signOut(page);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await expect(
    page
      .getByText(/fecha|conéctate|conexión/i)
      .filter({ visible: true })
      .last()
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toHaveCount(0);
  await desk.mend();
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
  await allSent(page);
  // Years behind: the furthest day that was seen counts.
  await page.clock.setFixedTime(new Date('2020-01-01T10:00:00'));
  await desk.cut();
  await signOut(page);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
});

import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { allSent, marta, signIn, signOut } from '../support/steps.ts';

const space = 'Ríos de Europa';

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

import { expect, test } from '../support/journey.ts';
import { allSent, found, inviteTeacher, marta, openSpace } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[AP8, OP12, AP6] before founding the first screen says where the link is; links bear the address that was said, offline too, and else warn', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Aún no está en marcha' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Soy alumno/ })).toHaveCount(0);

  await found(desk, relay.setupPath, marta, space, 'twin.example.org');
  await openSpace(page, space);
  await allSent(page);
  await desk.cut();
  expect(await inviteTeacher(page, 'Luca')).toMatch(/^https:\/\/twin\.example\.org\/invite#/);
  await expect(page.getByText('solo se abre en este ordenador')).toHaveCount(0);
  await desk.mend();

  const fresh = await tablet();
  await fresh.page.goto('/');
  await expect(fresh.page.getByRole('link', { name: /Soy alumno/ })).toBeVisible();

  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByLabel('Otra dirección').fill('');
  await page.getByRole('button', { name: 'Usar esta dirección' }).click();
  await expect(page.getByText('Esta dirección solo se abre en este ordenador')).toBeVisible();
  expect(await inviteTeacher(page, 'Marie')).toContain(`${desk.origin}/invite#`);
  await expect(page.getByText('Esta dirección solo se abre en este ordenador')).toBeVisible();
});

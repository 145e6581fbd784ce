import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { openMembers } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[AP12, G6] without a network a teacher asks how, by words of their own, and is taken there', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await desk.cut();
  await openMembers(page);
  await page.getByRole('link', { name: '¿Cómo…?' }).click();
  await expect(page.getByRole('heading', { name: '¿Cómo…?', level: 1 })).toBeVisible();
  // By hand.
  await page.getByText('Dar una contraseña nueva').click();
  await expect(page.getByText('Di si no se acuerda')).toBeVisible();
  // By a word, without its accent.
  const search = page.getByRole('searchbox', { name: /^Buscar/ });
  await search.fill('jirafa');
  await expect(page.getByText('De eso no hay nada aquí')).toBeVisible();
  await search.fill('hoja de calculo');
  await expect(page.getByText('Mira qué se ha leído de cada columna')).toBeVisible();
  await expect(page.getByText('Dar una contraseña nueva')).toHaveCount(0);
  await page.getByRole('link', { name: 'Llévame' }).click();
  await expect(page.getByRole('heading', { name: 'Añadir una clase', level: 1 })).toBeVisible();
});

import type { Page } from '@playwright/test';
import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { angel, allSent, luca, memberRow, openMembers } from '../support/steps.ts';

const space = 'Ríos de Europa';
const pupils = [
  angel,
  { given: 'Zoé', family: 'L', password: 'gatto4sole' },
  { given: 'Mateo', family: 'K', password: 'nube4barco' }
] as const;

async function choose(page: Page, names: readonly string[]): Promise<void> {
  await openMembers(page);
  await page.getByRole('button', { name: 'Elegir varios' }).click();
  for (const name of names) await page.getByRole('checkbox', { name: `Elegir a ${name}` }).check();
}

function bar(page: Page) {
  return page.getByRole('toolbar', { name: 'Con los elegidos' });
}

test('[MM5, MM7, AC9, G13] pupils are handed over to a colleague, who is told once and has them from then on', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { teachers: [luca], pupils: pupils.slice(0, 2) });
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await allSent(first.page);
  await openMembers(first.page);
  await expect(memberRow(first.page, 'luca.bianchi.1')).toBeVisible();
  await choose(first.page, ['Ángel CanoRobles', 'Zoé L']);
  await bar(first.page).getByRole('button', { name: 'Pasar a otra persona' }).click();
  const dialog = first.page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /Luca Bianchi/ }).check();
  await dialog.getByRole('button', { name: 'Pasar', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await allSent(first.page);

  const { page } = second;
  await expect(page.getByText('Marta Ruiz te ha pasado 2 alumnos')).toBeVisible();
  await openMembers(page);
  await page.getByRole('button', { name: 'Opciones de Zoé L' }).click();
  await expect(page.getByRole('menuitem', { name: /Cambiar contraseña/ })).not.toHaveAttribute(
    'aria-disabled',
    'true'
  );
  await page.keyboard.press('Escape');
  await openSpaceHome(page);
  await page.getByRole('button', { name: 'Hecho' }).click();
  await expect(page.getByText(/te ha pasado/)).toHaveCount(0);
  await allSent(page);
});

async function openSpaceHome(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await expect(page.getByRole('heading', { name: space, level: 1 })).toBeVisible();
}

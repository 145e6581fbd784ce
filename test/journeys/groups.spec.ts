import type { Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  angel,
  accept,
  addPupil,
  allSent,
  inviteTeacher,
  luca,
  memberRow,
  openMembers
} from '../support/steps.ts';

const space = 'Ríos de Europa';

async function openGroups(page: Page): Promise<void> {
  await openMembers(page);
  await page.getByRole('link', { name: 'Grupos', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Grupos', level: 1 })).toBeVisible();
}

async function makeGroup(page: Page, name: string, kind: 'Clase' | 'Equipo'): Promise<void> {
  await page.getByRole('button', { name: 'Nuevo grupo' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nombre del grupo').fill(name);
  await dialog.getByRole('radio', { name: kind }).check();
  await dialog.getByRole('button', { name: 'Crear el grupo' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('article', { name })).toBeVisible();
}

async function fill(page: Page, name: string, tick: readonly RegExp[]): Promise<void> {
  await page.getByRole('article', { name }).getByRole('button', { name: 'Elegir miembros' }).click();
  const dialog = page.getByRole('dialog');
  for (const one of tick) await dialog.getByRole('checkbox', { name: one }).check();
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(dialog).toHaveCount(0);
}

test('[GR1, GR2, GR3, G12] offline: groups are made, filled, renamed, dissolved and brought back; the list is filtered by them', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, {
    pupils: [angel, { given: 'Zoé', family: 'L', password: 'gatto4sole' }]
  });
  await desk.cut();
  await openGroups(page);
  await makeGroup(page, '5.º A', 'Clase');
  await makeGroup(page, 'Equipo azul', 'Equipo');
  await fill(page, '5.º A', [/Ángel/, /Zoé/]);
  await fill(page, 'Equipo azul', [/Zoé/]);
  await page.getByRole('button', { name: 'Opciones del grupo Equipo azul' }).click();
  await page.getByRole('menuitem', { name: 'Cambiar el nombre' }).click();
  await page.getByRole('dialog').getByLabel('Nombre del grupo').fill('Equipo verde');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('article', { name: 'Equipo verde' })).toContainText('Zoé L');

  // Dissolved and back, with the same members.
  await page.getByRole('button', { name: 'Opciones del grupo 5.º A' }).click();
  await page.getByRole('menuitem', { name: 'Deshacer el grupo' }).click();
  await expect(page.getByRole('article', { name: '5.º A' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Deshacer', exact: true }).click();
  await expect(page.getByRole('article', { name: '5.º A' })).toContainText('2 miembros');

  await page
    .getByRole('article', { name: 'Equipo verde' })
    .getByRole('link', { name: 'Ver en la lista' })
    .click();
  await expect(memberRow(page, 'zoe.l.1')).toContainText('5.º A, Equipo verde');
  await expect(memberRow(page, 'angel.canorobles.1')).toHaveCount(0);
  await page.getByLabel('Grupo:').selectOption({ label: 'sin grupo' });
  await expect(memberRow(page, 'marta.ruiz.1')).toBeVisible();
  await expect(memberRow(page, 'zoe.l.1')).toHaveCount(0);
  await desk.mend();
  await allSent(page);
});

test('[GR2, PE19, G13] a teacher fills own groups with own pupils only; others’ groups are greyed', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { pupils: [angel] });
  await openGroups(first.page);
  await makeGroup(first.page, '5.º A', 'Clase');
  const link = await inviteTeacher(first.page, 'Luca');
  await allSent(first.page);
  await accept(second, link, luca);
  const { page } = second;
  await addPupil(page, { given: 'Giulia', family: 'Neri', password: 'gatto4sole' });
  await openGroups(page);
  await expect(
    page.getByRole('article', { name: '5.º A' }).getByRole('button', { name: 'Elegir miembros' })
  ).toHaveAttribute('aria-disabled', 'true');
  await makeGroup(page, 'Squadra', 'Equipo');
  await page
    .getByRole('article', { name: 'Squadra' })
    .getByRole('button', { name: 'Elegir miembros' })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: /Ángel/ })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /Giulia/ }).check();
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('article', { name: 'Squadra' })).toContainText('Giulia Neri');
  await allSent(page);
});

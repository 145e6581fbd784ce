import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { groupId, luca, marta, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';
import { memberRow } from './support/steps.ts';

const groups = `/space/${rios}/groups`;

async function makeGroup(name: string, kind: 'Clase' | 'Equipo'): Promise<void> {
  await page.getByRole('button', { name: 'Nuevo grupo' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabelText('Nombre del grupo').fill(name);
  await dialog.getByRole('radio', { name: kind }).click();
  await dialog.getByRole('button', { name: 'Crear el grupo' }).click();
  await expect.element(page.getByRole('article', { name })).toBeVisible();
}

async function fill(name: string, tick: readonly RegExp[]): Promise<void> {
  await page.getByRole('article', { name }).getByRole('button', { name: 'Elegir miembros' }).click();
  const dialog = page.getByRole('dialog');
  for (const one of tick) await dialog.getByRole('checkbox', { name: one }).click();
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
}

test('[GR1, GR2, GR3, G12] groups are made, filled, renamed, dissolved and brought back; the list is filtered by them', async () => {
  await sit(marta, riosDeEuropa(), groups);
  await makeGroup('5.º A', 'Clase');
  await makeGroup('Equipo azul', 'Equipo');
  await fill('5.º A', [/Ángel/, /Zoé/]);
  await fill('Equipo azul', [/Zoé/]);
  await page.getByRole('button', { name: 'Opciones del grupo Equipo azul' }).click();
  await page.getByRole('menuitem', { name: 'Cambiar el nombre' }).click();
  await page.getByRole('dialog').getByLabelText('Nombre del grupo').fill('Equipo verde');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await expect.element(page.getByRole('article', { name: 'Equipo verde' })).toMatchTextContent('Zoé L');

  // Dissolved and back, with the same members.
  await page.getByRole('button', { name: 'Opciones del grupo 5.º A' }).click();
  await page.getByRole('menuitem', { name: 'Deshacer el grupo' }).click();
  await expect.element(page.getByRole('article', { name: '5.º A' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Deshacer', exact: true }).click();
  await expect.element(page.getByRole('article', { name: '5.º A' })).toMatchTextContent('2 miembros');

  await page
    .getByRole('article', { name: 'Equipo verde' })
    .getByRole('link', { name: 'Ver en la lista' })
    .click();
  await expect.element(memberRow('zoe.l.1')).toMatchTextContent('5.º A, Equipo verde');
  await expect.element(memberRow('angel.canorobles.1')).not.toBeInTheDocument();
  await page.getByLabelText('Grupo:').selectOptions('sin grupo');
  await expect.element(memberRow('marta.rios.1')).toBeVisible();
  await expect.element(memberRow('zoe.l.1')).not.toBeInTheDocument();
});

test('[GR2, PE19, G13] a teacher fills own groups with own pupils only; others’ groups are greyed', async () => {
  const world = riosDeEuropa();
  world.do(marta, 'group.make', { group: groupId('5.º A'), name: '5.º A', kind: 'class' });
  await sit(luca, world, groups);
  const others = page
    .getByRole('article', { name: '5.º A' })
    .getByRole('button', { name: 'Elegir miembros' });
  await expect.element(others).toHaveAttribute('aria-disabled', 'true');
  await makeGroup('Squadra', 'Equipo');
  await page
    .getByRole('article', { name: 'Squadra' })
    .getByRole('button', { name: 'Elegir miembros' })
    .click();
  const dialog = page.getByRole('dialog');
  await expect.element(dialog.getByRole('checkbox', { name: /Ángel/ })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /Zoé/ }).click();
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect.element(page.getByRole('article', { name: 'Squadra' })).toMatchTextContent('Zoé L');
});

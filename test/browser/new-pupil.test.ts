import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { marta, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';

const newPupil = `/space/${rios}/members/add/pupil`;

test('[NA1, NA3, NA4, NA5, G4] names that cannot be are refused as they are typed, in words that say what to do', async () => {
  await sit(marta, riosDeEuropa(), newPupil);
  const given = page.getByLabelText('Nombre', { exact: true });
  const family = page.getByLabelText('Apellidos');
  await given.fill('Ana');
  const bad = ['12345', 'a'.repeat(200), 'Luz🙂', 'Cano‮Robles', '-Cano', 'Cano Robles', 'Cano.Robles'];
  for (const name of bad) {
    await family.fill(name);
    await given.click();
    await expect.element(family, { message: name }).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: 'Verificar' }).click();
    await expect.element(page.getByRole('button', { name: 'Invitar' })).not.toBeInTheDocument();
  }
  // Other scripts are written in Latin letters; a name of emoji alone cannot be.
  await given.fill('Ελένη');
  await family.fill('Щукина');
  await expect.element(family).not.toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await expect.element(page.getByRole('status').getByText(/^[a-z]+\.[a-z]+\.1$/)).toBeVisible();
});

test('[OB1] a tablet whose storage is full says so at once, and what was typed is still there', async () => {
  await sit(marta, riosDeEuropa(), newPupil);
  await page.getByLabelText('Nombre', { exact: true }).fill('Ana');
  await page.getByLabelText('Apellidos').fill('Uno');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await page.getByLabelText('Contraseña', { exact: true }).fill('tigre7luna');
  // The attack: the browser has no room for one more row.
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (...row) {
    if (this.name === 'outbox') throw new DOMException('no room', 'QuotaExceededError');
    return add.apply(this, row);
  };
  try {
    await page.getByRole('button', { name: 'Invitar' }).click();
    await expect.element(page.getByText(/No queda sitio/).first()).toBeVisible();
  } finally {
    IDBObjectStore.prototype.add = add;
  }
  await expect.element(page.getByLabelText('Apellidos')).toHaveValue('Uno');
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect.element(page.getByText('Ana Uno ya está en la lista').first()).toBeVisible();
});

test('[G2, G4, NA5] the initials that are offered are those of the name as it was written, also after a repair', async () => {
  await sit(marta, riosDeEuropa(), newPupil);
  await page.getByLabelText('Nombre', { exact: true }).fill('Ángel');
  await page.getByLabelText('Apellidos').fill('Cano Robles');
  const initials = page.getByRole('button', { name: 'Usar Á. CR → a.cr.1' });
  await expect.element(initials).toBeVisible();
  await page.getByRole('button', { name: 'CanoRobles', exact: true }).click();
  await expect.element(page.getByText('angel.canorobles.', { exact: false }).first()).toBeVisible();
  await initials.click();
  await expect.element(page.getByLabelText('Nombre que se ve')).toHaveValue('Á. CR');
  await expect.element(page.getByRole('status').getByText('a.cr.1')).toBeVisible();
});

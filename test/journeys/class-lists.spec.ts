import { addAll, doneWithCards, openClass, paste } from '../support/class.ts';
import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { allSent, memberRow, openSpace, signIn } from '../support/steps.ts';

test('[TA9, TA12, TA13, CL15, CL18] a list tells how it was read, asks what it does not say, and is read anew as one answers', async ({
  relay,
  tablet
}) => {
  const { teacher, name } = await school(`http://127.0.0.1:${relay.port}`, relay.setupPath, 1);
  const { page } = await tablet();
  await signIn(page, '/login', teacher.username, teacher.password);
  await openSpace(page, name);
  await openClass(page);
  await paste(page, 'FERRER\tOLIVA\tLUZ\nSALINAS\tORO\tIKER');
  await expect(page.getByText('2 por arreglar').first()).toBeVisible();
  await expect(page.getByText('¿Qué hay en cada columna?')).toBeVisible();
  const sample = page.getByRole('table', { name: 'Los tres primeros' });
  await expect(sample).toContainText('FERRER OLIVA');
  await page.getByLabel('Qué hay en «Columna 2»').selectOption('No se usa');
  await expect(page.getByText('No se usa: Columna 2.')).toBeVisible();
  await expect(sample).not.toContainText('OLIVA');
  await page.getByLabel('Qué hay en «Columna 2»').selectOption('Segundo apellido');
  await page.getByRole('button', { name: 'Intercambiar nombre y apellidos' }).click();
  await expect(page.getByLabel('Nombre, fila 1')).toHaveValue('FERRER OLIVA');
  await page.getByRole('button', { name: 'Intercambiar nombre y apellidos' }).click();
  await expect(page.getByLabel('Nombre, fila 1')).toHaveValue('LUZ');
  await expect(page.getByText('2 por arreglar').first()).toBeVisible();
  await page.getByRole('button', { name: 'Así está bien' }).click();
  await page.getByRole('button', { name: 'Poner mayúsculas bien' }).click();
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await expect(page.getByText('luz.ferreroliva.1')).toBeVisible();

  // A row that says something else than the others is answered by itself.
  await page.getByRole('button', { name: 'Otra lista' }).click();
  await paste(page, 'Relación de 2.º A\nAlumno/a\nFerrer, Luz\nGil, Iker\nAna, Rey\nSanz, Eva');
  await expect(page.getByText('Estas líneas no son de ningún alumno: «Relación de 2.º A».')).toBeVisible();
  await expect(page.getByText('1 por arreglar').first()).toBeVisible();
  await page.getByRole('button', { name: 'El nombre es «Ana»' }).click();
  await expect(page.getByText('ana.rey.1')).toBeVisible();
  await addAll(page, 4);
  await doneWithCards(page);
  await expect(memberRow(page, 'Ana Rey')).toContainText('ana.rey.1');
  await allSent(page);
});

test('[CL16, CL17, GR1] groups of the list are made after asking, its passwords kept where they hold', async ({
  relay,
  tablet
}) => {
  const { teacher, name } = await school(`http://127.0.0.1:${relay.port}`, relay.setupPath, 1);
  const { page } = await tablet();
  await signIn(page, '/login', teacher.username, teacher.password);
  await openSpace(page, name);
  await openClass(page);
  await paste(
    page,
    'Usuario;Contraseña;Nombre;Apellidos;Grupo\nlferrer24;abc123;Luz;Ferrer;6.ºA\nigil24;x-1;Iker;Gil;6.º B'
  );
  await expect(page.getByText('6.ºA (1) y 6.º B (1). Se creará 6.º B.')).toBeVisible();
  await expect(page.getByText(/2 usuarios no tienen la forma de aquí/)).toBeVisible();
  await page.getByRole('button', { name: 'Conservar la de la lista' }).click();
  await expect(page.getByText('Uno conserva la contraseña de la lista.')).toBeVisible();
  await expect(page.getByText('La de otro no vale aquí: lleva una nueva.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Añadir 2 alumnos' })).toHaveAttribute(
    'aria-disabled',
    'true'
  );
  await page.getByRole('button', { name: 'Sí, ponerlos' }).click();
  await addAll(page, 2);
  await expect(page.getByRole('article').filter({ hasText: 'Luz Ferrer' })).toContainText('abc123');
  await doneWithCards(page);
  await page.getByRole('link', { name: 'Grupos' }).click();
  await expect(page.getByRole('article', { name: '6.º A' })).toContainText('2 miembros');
  await expect(page.getByRole('article', { name: '6.º B' })).toContainText('1 miembro');
  await allSent(page);
});

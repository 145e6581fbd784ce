import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { line, ofAllPages, openPage, openPages, writeLine } from '../support/page-steps.ts';
import { school, type School } from '../support/school.ts';
import { allSent } from '../support/steps.ts';
import { enrol, finish, openClass, takeTurn, teacherIn } from '../support/tablet-steps.ts';

/** The teacher takes the class's tablet, in the middle of the lesson. */
async function teacherTakes(page: Page, { teacher }: School): Promise<void> {
  await page.getByRole('button', { name: 'Soy docente' }).click();
  await page.getByRole('button', { name: teacher.display }).click();
  await page.getByLabel('Contraseña', { exact: true }).fill(teacher.classroomPassword);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Secciones' })).toBeVisible();
}

/** Makes one for each of the class, with a starter, inside a page that all see. */
async function oneForEach(page: Page, starter: string, title: string, count: number): Promise<void> {
  await openPages(page);
  await ofAllPages(page, 'Una para cada cual');
  await page.getByRole('button', { name: 'Elegir un modelo' }).click();
  await page.getByRole('button', { name: new RegExp(`^${starter}`) }).click();
  await page.getByRole('button', { name: 'Usar este modelo' }).click();
  await page.getByLabel('Título').fill(title);
  await page.getByRole('radio', { name: 'El proyecto' }).check();
  await page.getByRole('radio', { name: 'La ven todos' }).check();
  await page.getByRole('button', { name: `Crear ${count} páginas` }).click();
  await expect(page.getByRole('heading', { name: 'Páginas', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: new RegExp(`^${title} · `) })).toHaveCount(count);
}

test('[G15, ON3, ON5, ON7, PE23] without a network a teacher makes a diary for each of a class; a child writes in theirs on the same tablet, and in nobody else’s; what was taken back is gone for all', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana, ben] = made.pupils;
  if (!ana || !ben) throw new Error('too few');
  await made.makePages(['El proyecto']);
  const [desk, one] = [await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await enrol(made, [one]);
  const { page } = one;
  await openClass(page, made);
  await one.cut();

  await teacherTakes(page, made);
  await oneForEach(page, 'Diario', 'Mi diario', 3);
  await oneForEach(page, 'Receta', 'Mi receta', 3);
  // What was said last stands last.
  await page.getByRole('button', { name: 'Deshacer' }).last().click();
  await expect(page.getByText('3 páginas están en la papelera')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Mi receta/ })).toHaveCount(0);
  await finish(page);

  await takeTurn(page, ana);
  const own = `Mi diario · ${ana.display}`;
  await openPage(page, own);
  await expect(line(page, 'Hoy hemos…')).toBeVisible();
  await writeLine(page, own, 'Hoy hemos visto una garza.');
  await openPage(page, `Mi diario · ${ben.display}`);
  await expect(page.getByText('Para escribir en ella hace falta permiso.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Escribir' })).toBeDisabled();
  await one.mend();
  await allSent(page);
  await finish(page);

  await openPage(teacher, own);
  await expect(line(teacher, 'Hoy hemos visto una garza.')).toBeVisible();
  await expect(line(teacher, 'Antes de entregar')).toBeVisible();
  await openPages(teacher);
  await expect(teacher.getByRole('link', { name: /^Mi diario/ })).toHaveCount(3);
  await expect(teacher.getByRole('link', { name: /^Mi receta/ })).toHaveCount(0);
});

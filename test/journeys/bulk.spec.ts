import type { Page } from '@playwright/test';
import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { angel, allSent, luca, memberRow, openMembers, signIn, signOut } from '../support/steps.ts';

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

test('[MM5, ME2, ME5, ME6, G9, G10] offline: the role of several pupils, and their removal, each with one undo; adults are left out and said so', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils });
  await allSent(page);
  await desk.cut();

  // By keyboard, all that are shown, the administrator herself too.
  await openMembers(page);
  await page.getByRole('button', { name: 'Elegir varios' }).click();
  await page.getByRole('checkbox', { name: 'Elegir a Ángel CanoRobles' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('1 elegido', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('checkbox', { name: 'Elegir a Ángel CanoRobles' })).toBeFocused();
  await page.getByRole('button', { name: 'Elegir a los 4 que se ven' }).click();
  await bar(page).getByRole('button', { name: 'Cambiar la función' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 docente queda fuera');
  await dialog.getByRole('radio', { name: 'Alumno administrador' }).check();
  await dialog.getByRole('button', { name: 'Hacerlo' }).click();
  await expect(memberRow(page, 'zoe.l.1')).toContainText('Alumno administrador');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(memberRow(page, 'zoe.l.1')).not.toContainText('administrador');

  // Removing all: the last administrator stays, with the reason; the rest is undone in one go.
  await bar(page).getByRole('button', { name: 'Eliminar' }).click();
  await dialog.getByRole('button', { name: 'Eliminar' }).click();
  await expect(dialog).toContainText('Hecho con 3 personas');
  await expect(dialog).toContainText('Marta Ruiz: El TwinSpace se quedaría sin docente administrador');
  await expect(memberRow(page, 'zoe.l.1')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Deshacer' }).click();
  for (const name of ['angel.canorobles.1', 'zoe.l.1', 'mateo.k.1'])
    await expect(memberRow(page, name)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
  await desk.mend();
  await allSent(page);
});

test('[MM5, KE6, G18] offline: new passwords for a class with their cards, shown once; each opens, the old one does not', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils });
  await allSent(page);
  await desk.cut();
  await choose(
    page,
    pupils.map(({ given, family }) => `${given} ${family}`)
  );
  await bar(page).getByRole('button', { name: 'Contraseñas nuevas' }).click();
  await expect(page.getByRole('dialog')).toContainText('No se puede deshacer');
  await page.getByRole('button', { name: 'Crear las contraseñas' }).click();
  await expect(page.getByText('3 tarjetas')).toBeVisible();
  const sheet = page.getByRole('region', { name: 'Hojas para imprimir' });
  const password = /[a-z]{4,7}[2-9][a-z]{4,7}[2-9]/.exec(
    ((await sheet.textContent()) ?? '').replaceAll(/\s/g, '').split('zoe.l.1Contraseña')[1] ?? ''
  )?.[0];
  expect(password).toBeDefined();
  await page.getByRole('button', { name: 'Listo' }).click();
  await expect(page.getByRole('heading', { name: 'Miembros', level: 1 })).toBeVisible();
  await expect(page.getByText(password ?? '')).toHaveCount(0);
  await signOut(page);
  await signIn(page, '/pupil-login', 'zoe.l.1', 'gatto4sole');
  await expect(page.getByText(/no son correctos/).first()).toBeVisible();
  await signIn(page, '/pupil-login', 'zoe.l.1', password ?? '');
  await expect(page.getByText(/^¡Hola, /)).toBeVisible();
  await desk.mend();
  await allSent(page);
});

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

import { expect, type Locator, type Page } from '@playwright/test';
import type { Tablet } from './journey.ts';

/** What people do, through the screens. Each step ends when the screen says that it is done. */

export interface Person {
  readonly given: string;
  readonly family: string;
  readonly school: string;
  readonly password: string;
}

export const marta: Person = {
  given: 'Marta',
  family: 'Ruiz',
  school: 'CEIP Duero',
  password: 'río-montaña-nube-7'
};
export const luca: Person = {
  given: 'Luca',
  family: 'Bianchi',
  school: 'Scuola Tevere',
  password: 'ponte vecchio, tre gatti'
};
/** The pupil of the guide. */
export const angel = { given: 'Ángel', family: 'CanoRobles', password: 'tigre7luna' };

/** Fills in an adult's details and password, up to the step after it. */
async function personSteps(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Nombre', { exact: true }).fill(person.given);
  await page.getByLabel('Apellidos').fill(person.family);
  await page.getByLabel('Centro').fill(person.school);
  await page.getByRole('button', { name: 'Verificar' }).click();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(person.password);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(person.password);
}

/** Keeps the recovery code and goes on; resolves with the code. */
export async function keepCode(page: Page): Promise<string> {
  const code = page.getByText(/^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
  await expect(page.getByRole('heading', { name: 'Código de recuperación' })).toBeVisible();
  const text = (await code.first().textContent())?.trim() ?? '';
  await page.getByLabel('Lo he guardado en un lugar seguro').check();
  await page.getByRole('button', { name: 'Continuar' }).click();
  return text;
}

/** Fills in whatever founding asks for, behind the set-up link that is open, and presses the last button. */
export async function toFounding(page: Page, person: Person, name: string, address = ''): Promise<void> {
  await personSteps(page, person);
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByLabel('Nombre del TwinSpace').fill(name);
  if (address) await page.getByLabel('Dirección que abren las tabletas').fill(address);
  await page.getByRole('button', { name: 'Fundar' }).click();
}

/** Founds a TwinSpace behind the set-up link; ends on "my TwinSpaces". */
export async function found(
  tablet: Tablet,
  link: string,
  person: Person,
  name: string,
  address?: string
): Promise<string> {
  const { page } = tablet;
  await page.goto(link);
  await toFounding(page, person, name, address);
  const code = await keepCode(page);
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
  return code;
}

/** Accepts an invitation; ends in the TwinSpace. */
export async function accept(tablet: Tablet, link: string, person: Person): Promise<string> {
  const { page } = tablet;
  await page.goto(link.replace(/^https?:\/\/[^/]+/, ''));
  await personSteps(page, person);
  await page.getByRole('button', { name: 'Entrar en el TwinSpace' }).click();
  const code = await keepCode(page);
  await expect(page.getByRole('heading', { name: 'Lo que puedes hacer aquí' })).toBeVisible();
  return code;
}

/** Opens a TwinSpace from the list of one's own. */
export async function openSpace(page: Page, name: string): Promise<void> {
  const open = page.getByRole('heading', { name, level: 1 });
  const link = page.getByRole('link', { name: new RegExp(name) }).first();
  // A child who has but one comes to be in it without a tap, at any moment.
  await expect(async () => {
    await expect(open.or(link).first()).toBeVisible();
    if (!(await open.isVisible())) await link.click({ timeout: 1_000 });
    await expect(open).toBeVisible({ timeout: 5_000 });
  }).toPass();
}

/** Goes to MEMBERS of the TwinSpace that is open. */
export async function openMembers(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'Miembros' }).click();
  await expect(page.getByRole('heading', { name: /^Miembros/, level: 1 })).toBeVisible();
}

/** Goes to what waits on this tablet, what arrived, and what was refused. */
export async function openTray(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /Bandeja/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Lo que espera' })).toBeVisible();
}

/** The row of a member in the list. */
export function memberRow(page: Page, name: string | RegExp): Locator {
  return page.getByRole('listitem').filter({ hasText: name });
}

/** MEMBERS → Add / invite members. The list that is left has a door of the same name, so this screen is waited for. */
export async function openAddMembers(page: Page): Promise<void> {
  await openMembers(page);
  await page.getByRole('link', { name: 'Añadir / invitar miembros' }).click();
  await expect(page.getByRole('heading', { name: 'Añadir / invitar miembros' })).toBeVisible();
}

/** MEMBERS → Add / invite members → Add pupils: opens the form for a new pupil. */
export async function openNewPupil(page: Page): Promise<void> {
  await openAddMembers(page);
  await page.getByRole('link', { name: /^Añadir alumnos(?! existentes)/ }).click();
  await expect(page.getByRole('heading', { name: 'Añadir alumno nuevo' })).toBeVisible();
}

/** Adds a pupil whose names need no repair; resolves with the username that was given. */
export async function addPupil(
  page: Page,
  pupil: { readonly given: string; readonly family: string; readonly password: string }
): Promise<string> {
  await openNewPupil(page);
  await page.getByLabel('Nombre', { exact: true }).fill(pupil.given);
  await page.getByLabel('Apellidos').fill(pupil.family);
  await page.getByRole('button', { name: 'Verificar' }).click();
  const username =
    (await page
      .getByRole('status')
      .getByText(/^[a-z0-9-]+\.[a-z0-9-]+\.\d+$/)
      .textContent()) ?? '';
  await page.getByLabel('Contraseña', { exact: true }).fill(pupil.password);
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect(page.getByText(`${pupil.given} ${pupil.family} ya está en la lista`).first()).toBeVisible();
  return username.trim();
}

/** Makes an invitation for a teacher and resolves with its link. */
export async function inviteTeacher(page: Page, label: string): Promise<string> {
  await openAddMembers(page);
  await page.getByRole('link', { name: 'Invitar docentes' }).click();
  await page.getByLabel('Para quién es').fill(label);
  await page.getByRole('button', { name: 'Crear el enlace' }).click();
  const link = page.getByText(/\/invite#[\w-]{43}/).first();
  await expect(link).toBeVisible();
  return /https?:\/\/\S+\/invite#[\w-]{43}/.exec((await link.textContent()) ?? '')?.[0] ?? '';
}

/** Signs in at a door by typing. */
export async function signIn(
  page: Page,
  door: '/login' | '/pupil-login',
  username: string,
  password: string
): Promise<void> {
  if (!page.url().includes(door)) await page.goto(door);
  const type = page.getByRole('button', { name: 'Escribir mi usuario' });
  const field = page.getByLabel('Usuario', { exact: true });
  // Until something is typed, a person who becomes known turns the field into a list of people.
  await expect(async () => {
    await expect(type.or(field).first()).toBeVisible();
    if (await type.isVisible()) await type.click();
    await field.fill(username, { timeout: 1_000 });
  }).toPass();
  await page.getByLabel('Contraseña', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
}

/** Ends the session: the next person can sign in. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cambiar de persona' }).click();
  await expect(page.getByRole('heading', { name: /¡Hola!|Entrada de docentes/ })).toBeVisible();
}

/** Everything that was done on this tablet, and was seen to be done, has reached the relay, and come back. */
export async function allSent(page: Page): Promise<void> {
  await expect(
    page
      .getByRole('button', { name: /Todo enviado/ })
      .or(page.getByText('Todo enviado'))
      .first()
  ).toBeVisible();
}

/** Edit access, from the menu at a member's right. */
export async function changeRole(page: Page, name: string, role: string): Promise<void> {
  await openMembers(page);
  await openMemberMenu(page, name, 'Editar acceso');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: new RegExp(`^${role}(?! administrador)`) }).check();
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(dialog).toHaveCount(0);
}

/** Chooses from the menu at a member's right. */
export async function openMemberMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Opciones de ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Chooses what is asked for seldom: it stands within the member's details. */
export async function openRare(page: Page, name: string, item: string): Promise<void> {
  await openMemberMenu(page, name, 'Editar datos');
  await page.getByRole('dialog').getByRole('button', { name: item }).click();
}

import { expect, type Page } from '@playwright/test';
import { names } from './class-names.ts';
import { openAddMembers } from './steps.ts';

/** The same as it is pasted. */
export const thirty = ['Nombre\tApellidos', ...names.map((name) => name.join('\t'))].join('\n');

/** MEMBERS → Add / invite members → Add a class. */
export async function openClass(page: Page): Promise<void> {
  await openAddMembers(page);
  await page.getByRole('link', { name: 'Añadir una clase' }).click();
  await expect(page.getByRole('heading', { name: 'Añadir una clase' })).toBeVisible();
}

/** Pastes a list and looks at what it comes to, or that all of them are here: a long one is looked at by itself. */
export async function paste(page: Page, list: string): Promise<void> {
  const field = page.getByLabel('Pega aquí la lista');
  const taken = await field.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return !element.dispatchEvent(event);
  }, list);
  if (!taken) {
    await field.fill(list);
    await page.getByRole('button', { name: 'Ver la lista' }).click();
  }
  await expect(page.getByText(/alumnos? en la lista|Todos están ya/).first()).toBeVisible();
}

/** Adds all that is ready, and waits until all of it is safe on the tablet. */
export async function addAll(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Añadir ${count} alumnos?$`) }).click();
  await expect(page.getByText(/alumnos? ya est(á|án) en la lista/)).toBeVisible();
}

/** The cards are done with: on to the list. */
export async function doneWithCards(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Listo', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Miembros', level: 1 })).toBeVisible();
}

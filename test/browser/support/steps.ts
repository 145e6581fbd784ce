import { expect } from 'vitest';
import { page, type Locator } from 'vitest/browser';

/** What people do on a screen that is open. */

/** The row of a member in the list. */
export function memberRow(name: string): Locator {
  return page.getByRole('listitem').filter({ hasText: name });
}

/** Chooses from the menu at a member's right; resolves with the dialog that opens. */
export async function fromMenu(name: string, item: string): Promise<Locator> {
  await page.getByRole('button', { name: `Opciones de ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return page.getByRole('dialog');
}

/** Comes to it by keyboard, once nothing over it keeps the focus: a dialog that closes gives it back to whatever opened it. */
export async function focus(what: Locator): Promise<void> {
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect
    .poll(() => {
      what.element().focus();
      return document.activeElement === what.element();
    })
    .toBe(true);
}

/** Goes to one of the places that are always in view. */
export async function toPlace(name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name }).click();
}

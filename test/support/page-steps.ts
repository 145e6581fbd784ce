import { expect, type Locator, type Page } from '@playwright/test';
import { openSpace } from './steps.ts';

/** What people do with pages, through the screens. */

/** Opens the list of pages of the TwinSpace that is open. */
export async function openPages(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'Páginas' }).click();
  await expect(page.getByRole('heading', { name: 'Páginas', level: 1 })).toBeVisible();
}

/** Makes a page, as a draft if nothing else is said; ends on the page. */
export async function makePage(
  page: Page,
  title: string,
  { under, shown = false }: { readonly under?: string; readonly shown?: boolean } = {}
): Promise<void> {
  await openPages(page);
  await page.getByRole('button', { name: 'Página nueva' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Título').fill(title);
  if (under !== undefined) await form.getByRole('radio', { name: under }).check();
  if (shown) await form.getByRole('radio', { name: /todos/i }).check();
  await form.getByRole('button', { name: 'Crear la página' }).click();
  await expect(pageTitle(page, title)).toBeVisible();
}

/** What can be done with all pages, from the list that is open: behind a menu for adults, a button of its own for pupils. */
export async function ofAllPages(page: Page, name: string): Promise<void> {
  const [link, more] = [
    page.getByRole('main').getByRole('link', { name, exact: true }),
    page.getByRole('button', { name: 'Más opciones' })
  ];
  await expect(link.or(more).first()).toBeVisible();
  if (await more.isVisible()) {
    await more.click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  } else await link.click();
}

/** Opens a page from the list. */
export async function openPage(page: Page, title: string): Promise<void> {
  await openPages(page);
  await page.getByRole('main').getByRole('link', { name: title }).first().click();
  await expect(pageTitle(page, title)).toBeVisible();
}

export function pageTitle(page: Page, title: string): Locator {
  return page.getByRole('heading', { name: title, level: 1 });
}

/** What can be done with the page that is open. */
export async function pageMenu(page: Page, title: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Opciones de ${title}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Gives the open page to all pupils. */
export async function givePage(page: Page, title: string): Promise<void> {
  await pageMenu(page, title, 'Dar permiso');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Dar permiso a alguien' }).click();
  await dialog.getByRole('radio', { name: 'Todo el alumnado' }).check();
  await dialog.getByRole('button', { name: 'Dar permiso' }).click();
  await expect(dialog.getByText('Todo el alumnado')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cerrar' }).first().click();
}

/** Takes the open page from somebody to whom it was given. */
export async function takePageFrom(page: Page, title: string, name: string): Promise<void> {
  await pageMenu(page, title, 'Dar permiso');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: `Quitar el permiso: ${name}` }).click();
  await expect(dialog.getByRole('button', { name: `Quitar el permiso: ${name}` })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cerrar' }).first().click();
}

/** Begins to write in the open page; the caret stands at its end. */
export async function beginWriting(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Escribir' }).first().click();
  const editor = page.getByRole('textbox', { name: title });
  await editor.focus();
  await page.keyboard.press('Control+End');
  return editor;
}

/** Types one more line at the end of the open page, and goes on in it. */
export async function typeLine(page: Page, title: string, text: string): Promise<void> {
  const editor = await beginWriting(page, title);
  if ((await editor.innerText()).trim() !== '') await page.keyboard.press('Enter');
  await page.keyboard.type(text);
}

/** Writes one more line at the end of the open page, and reads it as others do. */
export async function writeLine(page: Page, title: string, text: string): Promise<void> {
  await typeLine(page, title, text);
  await page.getByRole('button', { name: 'Hecho' }).click();
  await expect(line(page, text)).toBeVisible();
}

/** Pastes at the end of the open page what another program has put on the clipboard, and reads it as others do. */
export async function pasteInto(page: Page, title: string, html: string): Promise<void> {
  const editor = await beginWriting(page, title);
  await page.keyboard.press('Enter');
  await editor.evaluate((into, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', text);
    into.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, html);
  await page.getByRole('button', { name: 'Hecho' }).click();
}

/** A line of the page that is open, as it is read. */
export function line(page: Page, text: string): Locator {
  return page.getByRole('article').getByText(text);
}

/** Signs in at a device of one's own and opens a page of the TwinSpace. */
export async function enterPage(page: Page, space: string, title: string): Promise<void> {
  await openSpace(page, space);
  await openPage(page, title);
}
